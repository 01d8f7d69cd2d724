package io.meanfield.cli.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.cli.AwaitedOutput;
import io.meanfield.cli.CommandResult;
import io.meanfield.cli.FinishedRuns;
import io.meanfield.cli.Meanfield;
import io.meanfield.error.ErrorCode;
import io.meanfield.store.Lease;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunResult;
import io.meanfield.store.Status;
import io.meanfield.train.checkpoint.TestEpochs;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class WatchCommandTest {
  private static final String MANIFEST = "command = train, settings.train.epochs = 3";
  private static final String FIRST =
      "epoch   1/3  loss 0.5000  accuracy 90.00 %  val_loss 0.5000  val_accuracy 75.00 %  0.50 s";

  @TempDir private Path folder;

  private FinishedRuns runs;

  @BeforeEach
  void locate() {
    runs = new FinishedRuns(folder.resolve("runs"));
  }

  private CommandResult watch(String... args) {
    String[] all = new String[args.length + 1];
    all[0] = "watch";
    System.arraycopy(args, 0, all, 1, args.length);
    return CommandResult.of(folder, all);
  }

  /** Trains a run as another process does, each epoch after the one before was seen. */
  private static void trainSeen(RunDirectory run, AwaitedOutput seen) throws InterruptedException {
    Status running = Status.running(FinishedRuns.START);
    try (Lease lease = Lease.take(run)) {
      lease.run().write(running);
      seen.await("command  train");
      for (int epoch = 1; epoch <= 3; epoch++) {
        TestEpochs.write(lease.run(), epoch, epoch, 0.5);
        seen.await("epoch   " + epoch + "/3");
      }
      lease.run().write(running.succeeded(Instant.now(), 99, "not promoted", RunResult.NONE));
    }
  }

  @Test
  void runIsFollowedWhileAnotherProcessExtendsItAndEndsWithItsExitCode() {
    RunDirectory run = runs.claim("night", MANIFEST);
    AwaitedOutput out = new AwaitedOutput();
    CommandLine line = Meanfield.commandLine();
    line.setOut(new PrintWriter(out));
    CompletableFuture<Void> training =
        CompletableFuture.runAsync(
            () -> {
              try {
                trainSeen(run, out);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    assertThat(line.execute("watch", runs.path("night").toString())).isEqualTo(99);
    training.join();
    assertThat(
            out.toString()
                .lines()
                .filter(each -> !each.startsWith("note ") && !each.startsWith("state ")))
        .startsWith("run      night", "path     " + runs.path("night"), "command  train", FIRST)
        .endsWith("done     not promoted")
        .hasSize(7);
  }

  @Test
  void finishedRunIsShownAtOnce() {
    runs.train("done", MANIFEST, 3, 0.5, Map.of());
    CommandResult result = watch("done");
    assertThat(result.exitCode()).isZero();
    assertThat(result.out().lines().skip(3)).hasSize(4).contains(FIRST, "done     trained");
    assertThat(watch("--once", "done")).isEqualTo(result);
  }

  @Test
  void runOfPlayHasTheMeanReturnOfEachEpoch() {
    RunDirectory run =
        runs.claim(
            "pole",
            "command = play, settings { train.epochs = 30, reinforce { steps = 480,"
                + " evaluation.frequency = 160 } }");
    try (Lease lease = Lease.take(run)) {
      TestEpochs.play(lease.run(), 20, 300);
      lease.run().write(FinishedRuns.succeeded(Map.of("mean_return", 321.0)));
    }
    assertThat(watch("pole").out().lines().skip(2))
        .containsExactly(
            "command  play",
            "epoch   1/3  loss 0.2500  mean return 20.00  0.50 s",
            "epoch   2/3  loss 0.2500  mean return 300.00  0.50 s",
            "done     trained");
  }

  @Test
  void failedRunHasItsErrorAndItsExitCode() {
    FinishedRuns.write(
        runs.claim("failed", MANIFEST),
        Status.running(FinishedRuns.START)
            .failed(FinishedRuns.START, ErrorCode.DATA_REFUSED, "the gate refused the data"));
    CommandResult result = watch("failed");
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.err()).isEqualTo("error: the gate refused the data\n");
  }

  @Test
  void presentStateOfARunningRunIsItsProcessAndProgress() throws IOException {
    RunDirectory run = runs.claim("running", MANIFEST);
    try (Lease lease = Lease.take(run)) {
      lease.run().write(Status.running(FinishedRuns.START));
      TestEpochs.write(lease.run(), 1, 1, 0.5);
      CommandResult result = watch("--once", "running");
      assertThat(result.exitCode()).as(result.err()).isZero();
      assertThat(result.out().lines().skip(3))
          .containsExactly(
              FIRST,
              "state    running, process "
                  + ProcessHandle.current().pid()
                  + " on "
                  + InetAddress.getLocalHost().getHostName());
    }
  }

  @Test
  void processWhoseHeartbeatStoppedIsNamedWithItsLastOne() throws IOException {
    RunDirectory run = runs.claim("killed", MANIFEST);
    FinishedRuns.write(run, Status.running(FinishedRuns.START));
    Path lease = runs.path("killed").resolve("lease");
    Files.delete(lease.resolve("000001.released"));
    Files.writeString(
        lease.resolve("000001.json"),
        "{ \"host\": \"node-7\", \"pid\": 4711, \"process_started\": \"unknown\","
            + " \"process_token\": \"t\" }");
    Files.writeString(lease.resolve("000001.heartbeat"), "{}");
    Files.setLastModifiedTime(lease.resolve("000001.heartbeat"), FileTime.from(FinishedRuns.START));
    CommandResult result = watch("--once", "killed");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out().lines().skip(3))
        .containsExactly(
            "note     no heartbeat since 2026-01-01T00:00:00Z from process 4711 on node-7; the"
                + " same command continues the run");
  }

  @Test
  void unknownRunIsAnArgumentError() {
    CommandResult result = watch("none");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err())
        .isEqualTo(
            "error: there is no run none in "
                + folder.resolve("runs")
                + ", which has no runs; expected the id of a run or the path of its directory\n");
  }
}
