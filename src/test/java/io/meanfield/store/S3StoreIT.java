package io.meanfield.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.fixture.S3Server;
import io.meanfield.store.file.ReplacingProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Creates and replaces files on an S3 server, from several processes at once. */
@Tag("cluster")
@Tag("promise")
class S3StoreIT {
  private static final int RACERS = 16;
  private static final int ROUNDS = Integer.getInteger("meanfield.s3.rounds", 25);
  private static final int REPLACES = 300;

  private static S3Server s3;

  @BeforeAll
  static void start() throws Exception {
    s3 = S3Server.start();
  }

  @AfterAll
  static void stop() {
    if (s3 != null) {
      s3.close();
    }
  }

  @Test
  void exactlyOneOfSixteenProcessesTakesALease() throws Exception {
    List<Process> processes = new ArrayList<>();
    try (ServerSocket server = new ServerSocket(0, RACERS, InetAddress.getLoopbackAddress())) {
      for (int i = 0; i < RACERS; i++) {
        processes.add(s3.startMain(LeaseRacer.class, String.valueOf(server.getLocalPort())));
      }
      List<Racer> racers = new ArrayList<>();
      for (int i = 0; i < RACERS; i++) {
        racers.add(Racer.accept(server));
      }
      int lostAtTheLastStep = 0;
      long start = System.nanoTime();
      for (int round = 0; round < ROUNDS; round++) {
        lostAtTheLastStep += race(racers, s3.location("race/" + round));
      }
      System.out.println(
          ROUNDS
              + " races in "
              + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start)
              + " s, "
              + lostAtTheLastStep
              + " times lost by the conditional PUT");
      assertThat(lostAtTheLastStep).isGreaterThan(ROUNDS); // otherwise the processes did not race
    } finally {
      processes.forEach(Process::destroyForcibly);
    }
  }

  /** Returns how many racers saw a free lease and lost it when they wrote their entry. */
  private static int race(List<Racer> racers, String run) throws IOException {
    racers.forEach(racer -> racer.send(run));
    List<Racer> winners = new ArrayList<>();
    int lostAtTheLastStep = 0;
    for (Racer racer : racers) {
      String answer = racer.answer();
      if (answer.equals(LeaseRacer.WON)) {
        winners.add(racer);
      } else {
        assertThat(answer).startsWith("RUN_BUSY ");
        lostAtTheLastStep += answer.contains("another process took it at this moment") ? 1 : 0;
      }
    }
    assertThat(winners).as(run).hasSize(1);
    winners.get(0).send(LeaseRacer.RELEASE);
    assertThat(winners.get(0).answer()).isEqualTo("released");
    return lostAtTheLastStep;
  }

  @Test
  void readerSeesAWholeFileWhileItIsReplaced() throws Exception {
    Process writer =
        s3.startMain(ReplacingProcess.class, s3.location("replaced"), String.valueOf(REPLACES));
    try (BufferedReader out = writer.inputReader(StandardCharsets.UTF_8)) {
      while (s3.get("replaced").isEmpty()) {
        assertThat(writer.isAlive()).isTrue();
      }
      int reads = 0;
      while (writer.isAlive()) {
        assertThat(s3.get("replaced")).get().matches(ReplacingProcess::isWhole);
        reads++;
      }
      String printed = String.valueOf(out.readLine());
      System.out.println(REPLACES + " replaces, " + printed + " through S3A, " + reads + " by GET");
      assertThat(writer.waitFor()).isZero();
      assertThat(printed).matches("read [1-9]\\d+");
      assertThat(reads).isGreaterThan(100);
    } finally {
      writer.destroyForcibly();
    }
  }
}
