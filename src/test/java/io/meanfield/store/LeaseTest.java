package io.meanfield.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.conf.Configuration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaseTest {
  private static final Duration TIMEOUT =
      Duration.ofSeconds(5); // longer than the time between heartbeats

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
            + ", \"process_started\": \"2020-01-01T00:00:00Z\" }");
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
    try (Lease second = Lease.take(run)) {
      second.requireHeld();
    }
  }

  @Test
  void leaseOfADeadProcessOnThisHostIsTakenWithoutWaiting() throws IOException {
    String host = java.net.InetAddress.getLocalHost().getHostName();
    writeHolder(host, ProcessHandle.current().pid()); // a later process has the same id
    long start = System.nanoTime();
    try (Lease lease = Lease.take(run)) {
      lease.requireHeld();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(TIMEOUT);
  }

  @Test
  void leaseWithoutHeartbeatOnAnotherHostIsTakenAfterTheTimeout() throws IOException {
    writeHolder("another-host", 1);
    try (Lease lease = Lease.take(run, Duration.ofMillis(700))) {
      lease.requireHeld();
    }
  }

  /** Writes the entry of a newer holder, as another process does while this one is paused. */
  private void takeOver() throws IOException {
    Files.writeString(folder.resolve("run/lease/000002.json"), "{}");
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
                        "run run belongs to another process: it was taken over from this process, which must have been"
                            + " paused; wait for it, or choose another --run-id"));
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
    AtomicBoolean done = new AtomicBoolean();
    Thread heartbeats =
        new Thread(
            () -> {
              for (int beat = 0; !done.get(); beat++) {
                int value = beat;
                run.withFence(Fence.OPEN)
                    .replace(
                        "lease/000001.heartbeat",
                        out ->
                            out.write(
                                ("{ \"beats\": " + value + " }")
                                    .getBytes(java.nio.charset.StandardCharsets.UTF_8)));
              }
            });
    heartbeats.start();
    try {
      assertThatThrownBy(() -> Lease.take(run, TIMEOUT))
          .hasMessageContaining("process 1 on another-host is working on it");
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
}
