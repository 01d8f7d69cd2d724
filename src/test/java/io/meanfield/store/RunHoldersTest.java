package io.meanfield.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.store.file.Fence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunHoldersTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  @TempDir private Path folder;

  private RunDirectory claim(String id) {
    return new Runs(new Configuration(), folder.toString())
        .claim(new RunId(id), Manifest.of(Map.of()));
  }

  /** Creates a run that a process on another host holds. */
  private RunDirectory heldElsewhere(String id) throws IOException {
    RunDirectory run = claim(id);
    Path lease = Files.createDirectories(folder.resolve(id + "/lease"));
    Files.writeString(
        lease.resolve("000001.json"),
        "{ \"host\": \"another-host\", \"pid\": 7, \"process_started\": \"unknown\","
            + " \"process_token\": \"t\" }");
    beat(run, 1);
    return run;
  }

  private static void beat(RunDirectory run, long beats) {
    new LeaseEntries(run.withFence(Fence.OPEN)).beat(1, beats);
  }

  private static long noClock() {
    throw new AssertionError("a heartbeat is watched");
  }

  @Test
  void runThatNobodyHoldsHasNoHolder() {
    RunDirectory released = claim("released");
    Lease.take(released).close();
    assertThat(RunHolders.of(List.of(claim("new"), released))).isEmpty();
  }

  @Test
  void holderOnThisHostIsFoundWithoutWaiting() {
    RunDirectory run = claim("run");
    try (Lease lease = Lease.take(run)) {
      lease.requireHeld();
      RunHolder holder = RunHolders.of(List.of(run), TIMEOUT, RunHoldersTest::noClock).get(run);
      assertThat(holder.alive()).isTrue();
      assertThat(holder.pid()).isEqualTo(ProcessHandle.current().pid());
    }
  }

  @Test
  void holderOnAnotherHostIsAliveIfItsHeartbeatChanges() throws Exception {
    RunDirectory beating = heldElsewhere("beating");
    RunDirectory silent = heldElsewhere("silent");
    AtomicBoolean done = new AtomicBoolean();
    Thread heartbeats =
        new Thread(
            () -> {
              for (long beat = 2; !done.get(); beat++) {
                beat(beating, beat);
              }
            });
    heartbeats.start();
    try {
      Map<RunDirectory, RunHolder> holders =
          RunHolders.of(List.of(beating, silent), TIMEOUT, System::nanoTime);
      assertThat(holders.get(beating)).isEqualTo(new RunHolder("another-host", 7, true));
      assertThat(holders.get(silent)).isEqualTo(new RunHolder("another-host", 7, false));
    } finally {
      done.set(true);
      heartbeats.join();
    }
  }

  @Test
  void heartbeatOfLongAgoIsNotWaitedFor() throws IOException {
    RunDirectory run = heldElsewhere("old");
    Files.setLastModifiedTime(
        folder.resolve("old/lease/000001.heartbeat"),
        FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    RunHolder holder = RunHolders.of(List.of(run), TIMEOUT, RunHoldersTest::noClock).get(run);
    assertThat(holder.alive()).isFalse();
  }

  @Test
  void holderOfADamagedEntryIsUnknownAndJudgedByItsHeartbeat() throws IOException {
    RunDirectory run = heldElsewhere("damaged");
    Files.writeString(folder.resolve("damaged/lease/000001.json"), "{");
    RunHolder holder = RunHolders.of(List.of(run), Duration.ofMillis(1), System::nanoTime).get(run);
    assertThat(holder.alive()).isFalse();
    assertThat(holder).hasToString("an unknown process");
  }
}
