package io.meanfield.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HolderWatchTest {
  private static final RunHolder ALIVE = new RunHolder("another-host", 7, true);
  private static final RunHolder DEAD = new RunHolder("another-host", 7, false);

  @TempDir private Path folder;

  private RunDirectory run;
  private HolderWatch watch;
  private long nanos;

  @BeforeEach
  void claim() {
    run =
        new Runs(new Configuration(), folder.toString())
            .claim(new RunId("run"), Manifest.of(Map.of()));
    watch = new HolderWatch(run, () -> nanos);
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  private void beat(long lease, long beats) {
    new LeaseEntries(run.withFence(Fence.OPEN)).beat(lease, beats);
  }

  private void takenElsewhere(long lease) throws IOException {
    Path entries = Files.createDirectories(folder.resolve("run/lease"));
    Files.writeString(
        entries.resolve(String.format("%06d.json", lease)),
        "{ \"host\": \"another-host\", \"pid\": 7, \"process_started\": \"unknown\","
            + " \"process_token\": \"t\" }");
    beat(lease, 1);
  }

  @Test
  void runThatNobodyHoldsHasNoHolder() {
    assertThat(watch.look()).isEmpty();
    Lease.take(run).close();
    assertThat(watch.look()).isEmpty();
  }

  @Test
  void processOfThisHostIsJudgedByItsId() {
    try (Lease lease = Lease.take(run)) {
      lease.requireHeld();
      assertThat(watch.look().orElseThrow().alive()).isTrue();
      pass(Lease.TIMEOUT);
      assertThat(watch.look().orElseThrow().alive()).isTrue();
    }
  }

  @Test
  void processOfAnotherHostIsAliveUntilItsHeartbeatHasStoppedForTheTimeout() throws IOException {
    takenElsewhere(1);
    assertThat(watch.look()).contains(ALIVE);
    pass(Lease.TIMEOUT.minusMillis(1));
    assertThat(watch.look()).contains(ALIVE);
    pass(Duration.ofMillis(1));
    assertThat(watch.look()).contains(DEAD);
    beat(1, 2);
    assertThat(watch.look()).contains(ALIVE);
    pass(Lease.TIMEOUT);
    assertThat(watch.look()).contains(DEAD);
  }

  @Test
  void nextHolderIsAliveAtOnce() throws IOException {
    takenElsewhere(1);
    watch.look();
    pass(Lease.TIMEOUT);
    assertThat(watch.look()).contains(DEAD);
    takenElsewhere(2);
    assertThat(watch.look()).contains(ALIVE);
  }

  @Test
  void heartbeatOfLongAgoIsOfADeadProcess() throws IOException {
    takenElsewhere(1);
    Files.setLastModifiedTime(
        folder.resolve("run/lease/000001.heartbeat"),
        FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    assertThat(watch.look()).contains(DEAD);
    assertThat(watch.look()).contains(DEAD);
    beat(1, 2);
    assertThat(watch.look()).contains(ALIVE);
  }
}
