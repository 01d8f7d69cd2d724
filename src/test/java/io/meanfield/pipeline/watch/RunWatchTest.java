package io.meanfield.pipeline.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.Lease;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunHolder;
import io.meanfield.store.RunId;
import io.meanfield.store.RunResult;
import io.meanfield.store.Runs;
import io.meanfield.store.Status;
import io.meanfield.train.checkpoint.TestEpochs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunWatchTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final RunHolder ALIVE = new RunHolder("host", 7, true);
  private static final RunHolder DEAD = new RunHolder("host", 7, false);

  @TempDir private Path folder;

  private RunDirectory run;
  private RunWatch watch;
  private Optional<RunHolder> holder = Optional.empty();

  @BeforeEach
  void claim() {
    run = new Runs(new Configuration(), folder.toString()).claim(new RunId("run"), planning(2));
    watch = new RunWatch(run, () -> holder);
  }

  private void write(Status status) {
    try (Lease lease = Lease.take(run)) {
      lease.run().write(status);
    }
  }

  private void train(int from, int to) {
    try (Lease lease = Lease.take(run)) {
      TestEpochs.write(lease.run(), from, to, 1);
    }
  }

  private static RunEvent epoch(int number) {
    return new RunEvent.EpochEnded(TestEpochs.result(number, 1), 2);
  }

  private static RunEvent began(Instant time) {
    return new RunEvent.Began(time, 2);
  }

  private static Manifest planning(int epochs) {
    return Manifest.of(
        Map.of("command", "train", "settings", Map.of("train", Map.of("epochs", epochs))));
  }

  private RunEvent silent(Optional<RunHolder> who) {
    return new RunEvent.Silent(who, run.lastHeartbeat());
  }

  @Test
  void eachEpochIsReportedOnceAndTheEndIsLast() {
    holder = Optional.of(ALIVE);
    write(Status.running(START));
    assertThat(watch.poll()).containsExactly(began(START));
    train(1, 2);
    assertThat(watch.poll()).containsExactly(epoch(1), epoch(2));
    assertThat(watch.poll()).isEmpty();
    train(3, 3);
    Status done = Status.running(START).succeeded(START, 99, "not promoted", RunResult.NONE);
    write(done);
    assertThat(watch.poll()).containsExactly(epoch(3), new RunEvent.Ended(done));
  }

  @Test
  void runWhoseProcessIsDeadIsSilentUntilAnotherContinuesIt() {
    holder = Optional.of(ALIVE);
    write(Status.running(START));
    train(1, 1);
    watch.poll();
    holder = Optional.of(DEAD);
    assertThat(watch.poll()).containsExactly(silent(Optional.of(DEAD)));
    assertThat(watch.poll()).isEmpty();
    holder = Optional.of(ALIVE);
    write(Status.running(START.plusSeconds(60)));
    train(2, 2);
    assertThat(watch.poll())
        .containsExactly(began(START.plusSeconds(60)), epoch(2), new RunEvent.Alive(ALIVE));
  }

  @Test
  void runThatWasKilledBeforeItBeganIsSilent() {
    assertThat(watch.poll()).containsExactly(silent(Optional.empty()));
  }

  @Test
  void failureIsTheEndUnlessAProcessIsRepeatingTheRun() {
    Status failed = Status.running(START).failed(START, ErrorCode.DIVERGED, "not finite");
    write(failed);
    holder = Optional.of(ALIVE);
    assertThat(watch.poll()).isEmpty();
    write(Status.running(START.plusSeconds(60)));
    assertThat(watch.poll()).containsExactly(began(START.plusSeconds(60)));
    write(failed);
    holder = Optional.empty();
    assertThat(watch.poll()).containsExactly(new RunEvent.Ended(failed));
  }

  @Test
  void epochsOfAnExtendedRunComeWithTheNewPlan() {
    holder = Optional.of(ALIVE);
    write(Status.running(START));
    train(1, 2);
    assertThat(watch.poll()).containsExactly(began(START), epoch(1), epoch(2));
    try (Lease lease = Lease.take(run)) {
      lease.run().write(Status.running(START.plusSeconds(60)));
      lease.run().replaceManifest(planning(3));
      TestEpochs.write(lease.run(), 3, 3, 1);
    }
    assertThat(watch.poll())
        .containsExactly(
            new RunEvent.Began(START.plusSeconds(60), 3),
            new RunEvent.EpochEnded(TestEpochs.result(3, 1), 3));
  }

  /** A file that was copied from another run has a right checksum. */
  @Test
  void epochOfAnotherRunIsNotReported() throws IOException {
    Runs runs = new Runs(new Configuration(), folder.toString());
    run = runs.claim(new RunId("other"), planning(2).with("run_id", "other"));
    train(1, 2);
    run = runs.claim(new RunId("mine"), planning(2).with("run_id", "mine"));
    train(1, 1);
    String record = "epochs/000002.json";
    Files.copy(folder.resolve("other").resolve(record), folder.resolve("mine").resolve(record));
    assertThat(new RunWatch(run, () -> Optional.of(ALIVE)).poll()).containsExactly(epoch(1));
    train(2, 2);
    assertThat(new RunWatch(run, () -> Optional.of(ALIVE)).poll())
        .containsExactly(epoch(1), epoch(2));
  }

  @Test
  void eventsThatWereFoundBeforeAReadingFailedAreReturnedByTheNext() throws IOException {
    holder = Optional.of(ALIVE);
    write(Status.running(START));
    train(1, 1);
    Path manifest = folder.resolve("run/run.json");
    byte[] content = Files.readAllBytes(manifest);
    overwrite(manifest, "{".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(watch::poll)
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNREADABLE));
    overwrite(manifest, content);
    assertThat(watch.poll()).containsExactly(began(START), epoch(1));
  }

  private static void overwrite(Path file, byte[] content) throws IOException {
    Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
    Files.write(file, content);
  }

  @Test
  void successIsTheEndWhileItsProcessStillHoldsTheLease() {
    Status done = Status.running(START).succeeded(START, 0, "trained", RunResult.NONE);
    write(done);
    holder = Optional.of(ALIVE);
    assertThat(watch.poll()).isEqualTo(List.of(new RunEvent.Ended(done)));
  }
}
