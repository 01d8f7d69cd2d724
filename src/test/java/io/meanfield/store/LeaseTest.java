package io.meanfield.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.json.Json;
import io.meanfield.store.file.Fence;
import io.meanfield.store.file.StalledDisk;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeaseTest {
  private static final Duration TIMEOUT =
      Duration.ofSeconds(5); // longer than the time between heartbeats

  private static final Duration SHORT = Duration.ofMillis(300);

  @TempDir private Path folder;

  private RunDirectory run;

  @BeforeEach
  void claim() {
    run =
        new Runs(new Configuration(), folder.toString())
            .claim(new RunId("run"), Manifest.of(Map.of()));
  }

  /** Writes the entry of an invented holder. */
  private void writeHolder(String host, long pid) throws IOException {
    Files.createDirectories(folder.resolve("run/lease"));
    Files.writeString(
        folder.resolve("run/lease/000001.json"),
        "{ \"host\": \""
            + host
            + "\", \"pid\": "
            + pid
            + ", \"process_started\": \"2020-01-01T00:00:00Z\", \"process_token\": \"t\" }");
  }

  @Test
  void somethingElseWithTheNameOfTheDirectoryIsNamed() throws IOException {
    Path lease = Path.of(run.path("lease").toUri().getPath());
    for (boolean isLink : List.of(false, true)) {
      if (isLink) {
        Files.createSymbolicLink(lease, Path.of("nothing"));
      } else {
        Files.createFile(lease);
      }
      assertThat(RunHolder.of(run)).isEmpty();
      assertThatThrownBy(() -> Lease.take(run))
          .isInstanceOfSatisfying(
              UserException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNREADABLE))
          .hasMessage(
              "run "
                  + run.id()
                  + " cannot be changed, because "
                  + lease
                  + " is no directory, expected one with entries of the processes that work on the"
                  + " run; delete it");
      Files.delete(lease);
    }
    Lease.take(run).close();
  }

  @Test
  void secondTakeFailsWithExitCodeFour() {
    try (Lease held = Lease.take(run)) {
      held.requireHeld();
      assertThatThrownBy(() -> Lease.take(run))
          .isInstanceOfSatisfying(
              UserException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.RUN_BUSY);
                assertThat(e.code().exitCode()).isEqualTo(4);
              })
          .hasMessageStartingWith(
              "run run belongs to another process: process "
                  + ProcessHandle.current().pid()
                  + " on ")
          .hasMessageEndingWith(" is working on it; wait for it, or choose another --run-id");
    }
  }

  @Test
  void releasedLeaseIsTakenWithoutWaiting() {
    Lease.take(run).close();
    assertTakenWithoutWaiting();
  }

  private static long noClock() {
    throw new AssertionError("the heartbeat is watched");
  }

  private void assertTakenWithoutWaiting() {
    try (Lease lease = Lease.take(run, TIMEOUT, LeaseTest::noClock)) {
      lease.requireHeld();
    }
  }

  /** Writes the entry of a process that differs from this one as the caller says. */
  private void writeLinuxHolder(UnaryOperator<ProcessFiles.LinuxProcess> difference)
      throws IOException {
    LeaseHolder self = LeaseHolder.thisProcess();
    Optional<ProcessFiles.LinuxProcess> linux = self.linux().map(difference);
    assumeThat(linux).as("/proc").isPresent();
    LeaseHolder other =
        new LeaseHolder(self.host(), self.pid(), self.processStarted(), "another", linux);
    Files.createDirectories(folder.resolve("run/lease"));
    Files.writeString(folder.resolve("run/lease/000001.json"), Json.text(other));
  }

  @Test
  void leaseOfADeadProcessWhoseIdIsUsedAgainIsTakenWithoutWaiting() throws IOException {
    writeLinuxHolder(
        self ->
            new ProcessFiles.LinuxProcess(self.bootId(), self.namespaces(), self.startTicks() - 1));
    assertTakenWithoutWaiting();
  }

  @Test
  void livingProcessIsFoundWhateverItsStartByTheClockIs() throws IOException {
    writeLinuxHolder(self -> self); // the same process, with another token
    assertThatThrownBy(() -> Lease.take(run)).hasMessageContaining(" is working on it");
  }

  @Test
  void processOfAnotherBootOrNamespaceIsJudgedByItsHeartbeatOnly() throws IOException {
    writeLinuxHolder(self -> new ProcessFiles.LinuxProcess("another boot", self.namespaces(), 1));
    assertIsWatched();
    writeLinuxHolder(self -> new ProcessFiles.LinuxProcess(self.bootId(), "pid:[1]", 1));
    assertIsWatched();
  }

  /** Asserts that a beating holder is refused and that a silent one is taken over. */
  private void assertIsWatched() throws IOException {
    LeaseHolder holder = LeaseEntries.of(run).holder(1).orElseThrow();
    assertThat(holder.state()).isEqualTo(LeaseHolder.State.UNKNOWN);
    long start = System.nanoTime();
    try (Lease lease = Lease.take(run, SHORT, System::nanoTime)) {
      lease.requireHeld();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(SHORT);
    for (File file : folder.resolve("run/lease").toFile().listFiles()) {
      assertThat(file.delete()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "7",
        "{ \"host\": \"a\\n"
            + "b\", \"pid\": 1, \"process_started\": \"unknown\", \"process_token\": \"t\" }",
        "{ \"host\": \"h\", \"pid\": 1, \"process_started\": \"unknown\" }",
        "{ \"host\": \"h\", \"pid\": 1, \"process_started\": \"unknown\", \"process_token\": \"t\","
            + " \"linux\": {} }"
      })
  void damagedEntryIsTakenOverAfterTheTimeout(String content) throws IOException {
    Files.createDirectories(folder.resolve("run/lease"));
    Files.writeString(folder.resolve("run/lease/000001.json"), content);
    Files.writeString(folder.resolve("run/lease/000001.heartbeat"), content);
    try (Lease lease = Lease.take(run, SHORT, System::nanoTime)) {
      lease.requireHeld();
    }
    assertThat(folder.resolve("run/lease/000001.json")).hasContent(content);
  }

  @Test
  void damagedEntryOfALivingHolderIsNamedAndNotTakenOver() throws Exception {
    Path entry = folder.resolve("run/lease/000001.json");
    Files.createDirectories(entry.getParent());
    Files.writeString(entry, "{");
    whileBeating(
        () ->
            assertThatThrownBy(() -> Lease.take(run, TIMEOUT, System::nanoTime))
                .hasMessage(
                    "run run belongs to another process: an unknown process, whose entry "
                        + entry
                        + " is damaged, is working on it; wait for it, or choose another"
                        + " --run-id"));
  }

  @Test
  void strayFilesDoNotBlockARun() throws IOException {
    Path lease = Files.createDirectories(folder.resolve("run/lease"));
    for (String name :
        List.of(
            "x.json", "7.json", "99999999999999999999999.json", "000004.json.bak", "-00001.json")) {
      Files.writeString(lease.resolve(name), "{}");
    }
    Files.writeString(lease.resolve("000009.heartbeat"), "");
    Files.createDirectory(lease.resolve("000001.heartbeat")); // no heartbeat can be written
    assertTakenWithoutWaiting();
  }

  @Test
  void releaseWithoutAnEntryDoesNotReleaseTheNextHolder() throws IOException {
    Lease.take(run).close();
    Files.writeString(folder.resolve("run/lease/000002.released"), "{}");
    try (Lease lease = Lease.take(run)) {
      lease.requireHeld();
      assertThat(folder.resolve("run/lease/000003.json")).isRegularFile();
      assertThatThrownBy(() -> Lease.take(run)).hasMessageContaining(" is working on it");
    }
  }

  @Test
  void oneOfSeveralThreadsTakesTheLease() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (int round = 0; round < 25; round++) {
        List<Future<Optional<Lease>>> takes =
            threads.invokeAll(Collections.nCopies(4, this::takeIfFree));
        List<Lease> taken = new ArrayList<>();
        for (Future<Optional<Lease>> take : takes) {
          take.get().ifPresent(taken::add);
        }
        assertThat(taken).hasSize(1);
        taken.get(0).requireHeld();
        taken.get(0).close();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private Optional<Lease> takeIfFree() {
    try {
      return Optional.of(Lease.take(run));
    } catch (UserException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.RUN_BUSY);
      return Optional.empty();
    }
  }

  @Test
  void leaseWithoutHeartbeatOnAnotherHostIsTakenAfterTheTimeout() throws IOException {
    writeHolder("another-host", 1);
    try (Lease lease = Lease.take(run, SHORT, System::nanoTime)) {
      lease.requireHeld();
    }
  }

  @Test
  void holderWhoseHeartbeatCannotBeReadIsNotTakenOver() throws IOException {
    writeHolder("another-host", 1);
    Path heartbeat = Files.writeString(folder.resolve("run/lease/000001.heartbeat"), "{}");
    RunDirectory denied =
        new Runs(DeniedDisk.mount("000001.heartbeat", Integer.MAX_VALUE), folder.toString())
            .directory(new RunId("run"));
    assertThatThrownBy(() -> Lease.take(denied, SHORT, System::nanoTime))
        .hasMessage(
            "cannot read "
                + heartbeat
                + ": Permission denied; allow the user of this process to read the file");
  }

  /** Writes the entry of a newer holder, as another process does while this one is paused. */
  private void takeOver() throws IOException {
    Files.writeString(folder.resolve("run/lease/000002.json"), "{}");
  }

  @Test
  void directoryThatIsGoneEndsTheRun() throws IOException {
    try (Lease lease = Lease.take(run)) {
      FileUtils.deleteDirectory(folder.resolve("run").toFile());
      assertThatThrownBy(() -> lease.run().replace("status.json", out -> out.write(1)))
          .isInstanceOfSatisfying(
              UserException.class, gone -> assertThat(gone.code().exitCode()).isEqualTo(1))
          .hasMessage(
              "run run cannot go on, because "
                  + folder.resolve("run/lease")
                  + " is gone: somebody has deleted or moved it while this process worked on the"
                  + " run; restore the directory, or run the same command again");
    }
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void replacedHolderCannotChangeAnyFile() throws IOException {
    Lease lease = Lease.take(run);
    lease.run().replace("status.json", out -> out.write(1));
    Files.createDirectories(folder.resolve("run/drafts"));
    takeOver();
    List<ThrowingCallable> changes =
        List.of(
            lease::requireHeld,
            () -> lease.run().replace("status.json", out -> out.write(2)),
            () -> lease.run().putIfAbsent("epochs/000001.json", out -> out.write(2)),
            () -> lease.run().delete("status.json"),
            () -> lease.run().write(Status.running(java.time.Instant.EPOCH)),
            () -> lease.run().replaceManifest(Manifest.of(Map.of("other", 1))),
            () -> lease.run().writeModel(out -> out.write(2)),
            () -> lease.run().files().move(run.path("status.json"), run.path("model.zip")),
            () -> lease.run().files().delete(run.path("drafts")));
    assertThat(changes)
        .allSatisfy(
            change ->
                assertThatThrownBy(change)
                    .hasMessage(
                        "run run belongs to another process: it was taken over from this process,"
                            + " which must have been paused; wait for it, or choose another"
                            + " --run-id"));
    lease.close();
    assertThat(folder.resolve("run").toFile().list())
        .containsExactlyInAnyOrder("run.json", "status.json", "lease", "drafts");
    assertThat(folder.resolve("run/status.json")).hasBinaryContent(new byte[] {1});
    assertThat(folder.resolve("run/lease/000001.released")).doesNotExist();
  }

  @Test
  void fileIsUnchangedIfTheLeaseIsLostWhileItIsWritten() {
    try (Lease lease = Lease.take(run)) {
      lease.run().replace("model.zip", out -> out.write(1));
      assertThatThrownBy(
              () ->
                  lease
                      .run()
                      .replace(
                          "model.zip",
                          out -> {
                            out.write(2);
                            takeOver();
                          }))
          .isInstanceOf(UserException.class);
      assertThat(folder.resolve("run/model.zip")).hasBinaryContent(new byte[] {1});
    }
  }

  @Test
  void writingWithoutALeaseOrAfterItsReleaseFails() {
    assertThatThrownBy(() -> run.replace("status.json", out -> out.write(1)))
        .hasMessage("only the holder of the lease of a run may write to it");
    Lease lease = Lease.take(run);
    lease.close();
    assertThatThrownBy(() -> lease.run().replace("status.json", out -> out.write(1)))
        .hasMessage("this process has released the lease of run run");
    assertThat(folder.resolve("run/status.json")).doesNotExist();
  }

  @Test
  void closedLeaseWithoutReleaseFileCanBeTakenAgain() throws IOException {
    Lease.take(run).close();
    Files.delete(folder.resolve("run/lease/000001.released")); // as if the disk had been full
    try (Lease second = Lease.take(run)) {
      second.requireHeld();
    }
  }

  @Test
  void leaseWithHeartbeatOnAnotherHostIsNotTaken() throws Exception {
    writeHolder("another-host", 1);
    whileBeating(
        () ->
            assertThatThrownBy(() -> Lease.take(run, TIMEOUT, System::nanoTime))
                .hasMessageContaining("process 1 on another-host is working on it"));
  }

  /** Runs the code while the heartbeat of the first holder changes. */
  private void whileBeating(Runnable code) throws InterruptedException {
    LeaseEntries entries = LeaseEntries.of(run.withFence(Fence.OPEN));
    AtomicBoolean done = new AtomicBoolean();
    Thread heartbeats =
        new Thread(
            () -> {
              for (long beat = 0; !done.get(); beat++) {
                entries.beat(1, beat);
              }
            });
    heartbeats.start();
    try {
      code.run();
    } finally {
      done.set(true);
      heartbeats.join();
    }
  }

  @Test
  void secondCloseHasNoEffect() {
    Lease lease = Lease.take(run);
    lease.close();
    assertThatCode(lease::close).doesNotThrowAnyException();
  }

  /** A local disk that fails for the thread that writes heartbeats, as a test says. */
  static final class HeartbeatDisk extends LocalFileSystem {
    private static volatile Runnable fault = () -> {};

    @Override
    public boolean mkdirs(org.apache.hadoop.fs.Path directory) throws IOException {
      if (directory.getName().equals("lease")) {
        fault.run();
      }
      return super.mkdirs(directory);
    }
  }

  private RunDirectory onHeartbeatDisk(Runnable fault) {
    HeartbeatDisk.fault = fault;
    Configuration hadoop = new Configuration();
    hadoop.setClass("fs.file.impl", HeartbeatDisk.class, FileSystem.class);
    hadoop.setBoolean("fs.file.impl.disable.cache", true);
    return new Runs(hadoop, folder.toString()).directory(new RunId("run"));
  }

  @Test
  void closeReturnsWithoutAReleaseIfTheLastHeartbeatDoesNotEnd() throws InterruptedException {
    Thread holder = Thread.currentThread();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    RunDirectory hanging =
        onHeartbeatDisk(
            () -> {
              if (Thread.currentThread() != holder) {
                begun.countDown();
                awaitUninterruptibly(end);
              }
            });
    Lease lease = Lease.take(hanging, SHORT, System::nanoTime);
    begun.await();
    assertThatCode(lease::close).doesNotThrowAnyException();
    assertThat(folder.resolve("run/lease/000001.released")).doesNotExist();
    end.countDown();
    assertTakenWithoutWaiting();
  }

  /** Takes the lease of the run on a disk that does not answer to a writer of the model. */
  private Lease takeWithStalledWriter(ExecutorService writer) {
    Lease lease =
        Lease.take(
            new Runs(StalledDisk.mount(), folder.toString()).directory(new RunId("run")),
            TIMEOUT,
            System::nanoTime);
    StalledDisk.stall(Set.of(RunDirectory.MODEL));
    writer.execute(() -> lease.run().writeModel(out -> out.write(1)));
    StalledDisk.awaitWriter();
    return lease;
  }

  private static void end(ExecutorService writer) throws InterruptedException {
    StalledDisk.answer();
    writer.shutdown();
    assertThat(writer.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
  }

  @Test
  void otherFilesAreWrittenWhileAChangeDoesNotEnd() throws Exception {
    ExecutorService writer = Executors.newSingleThreadExecutor();
    try (Lease lease = takeWithStalledWriter(writer)) {
      lease.requireHeld();
      lease.run().replace("status.json", out -> out.write(2));
      assertThat(folder.resolve("run/status.json")).hasBinaryContent(new byte[] {2});
      assertThat(folder.resolve("run/model.zip")).doesNotExist();
      end(writer);
    }
    assertThat(folder.resolve("run/model.zip")).hasBinaryContent(new byte[] {1});
  }

  @Test
  void leaseWhoseChangeDoesNotEndIsHeldUntilItDoes() throws Exception {
    ExecutorService writer = Executors.newSingleThreadExecutor();
    Lease lease = takeWithStalledWriter(writer);
    lease.close(Duration.ZERO);
    assertThat(folder.resolve("run/lease/000001.released")).doesNotExist();
    assertThatThrownBy(() -> lease.run().replace("status.json", out -> out.write(2)))
        .hasMessage("this process has released the lease of run run");
    assertThatThrownBy(() -> Lease.take(run)).hasMessageContaining(" is working on it");
    end(writer);
    assertThat(folder.resolve("run/lease/000001.released")).exists();
    assertThat(folder.resolve("run/status.json")).doesNotExist();
    assertTakenWithoutWaiting();
  }

  @Test
  void releaseWaitsForAChange() throws Exception {
    ExecutorService writer = Executors.newSingleThreadExecutor();
    Lease lease = takeWithStalledWriter(writer);
    Thread closing = new Thread(lease::close);
    closing.start();
    while (closing.getState() != Thread.State.TIMED_WAITING && closing.isAlive()) {
      Thread.onSpinWait();
    }
    assertThat(folder.resolve("run/lease/000001.released")).doesNotExist();
    end(writer);
    closing.join();
    assertThat(folder.resolve("run/model.zip")).exists();
    assertThat(folder.resolve("run/lease/000001.released")).exists();
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void faultInAHeartbeatDoesNotEndTheHeartbeats() {
    AtomicBoolean isFaulty = new AtomicBoolean();
    RunDirectory faulty =
        onHeartbeatDisk(
            () -> {
              if (isFaulty.get()) {
                throw new IllegalStateException("a fault of the file system");
              }
            });
    try (Lease lease = Lease.take(faulty)) {
      isFaulty.set(true);
      assertThatCode(lease::writeHeartbeat).doesNotThrowAnyException();
      isFaulty.set(false);
    }
  }
}
