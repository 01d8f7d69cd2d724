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
  private static final Duration PATIENCE = Duration.ofSeconds(5); // longer than a beat

  @TempDir private Path folder;

  private RunDirectory run;

  @BeforeEach
  void claim() {
    run =
        new Runs(new Configuration(), folder.toString())
            .claim(new RunId("run"), Manifest.of(Map.of()));
  }

  /** An entry of a holder that this test makes up. */
  private void holder(String host, long pid) throws IOException {
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
  void secondTakerIsRefusedWithCodeFour() {
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
          .hasMessageEndingWith(" is at work on it; wait for it, or choose another --run-id");
    }
  }

  @Test
  void releasedRunIsTakenAtOnce() {
    Lease.take(run).close();
    try (Lease second = Lease.take(run)) {
      second.requireHeld();
    }
  }

  @Test
  void deadProcessOfThisHostIsTakenOverAtOnce() throws IOException {
    String host = java.net.InetAddress.getLocalHost().getHostName();
    holder(
        host,
        ProcessHandle.current().pid()); // its number is used again, by a process that started later
    long began = System.nanoTime();
    try (Lease lease = Lease.take(run)) {
      lease.requireHeld();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(PATIENCE);
  }

  @Test
  void silentHolderOfAnotherHostIsTakenOver() throws IOException {
    holder("another-host", 1);
    try (Lease lease = Lease.take(run, Duration.ofMillis(700))) {
      lease.requireHeld();
    }
  }

  /** As when this process sleeps for long and another one comes. */
  private void takeOver() throws IOException {
    Files.writeString(folder.resolve("run/lease/000002.json"), "{}");
  }

  @Test
  void holderThatWasTakenOverChangesNothing() throws IOException {
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
  void takeOverWhileAFileIsWrittenLeavesTheFileAsItWas() {
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
  void nothingIsWrittenWithoutALeaseOrAfterIt() {
    assertThatThrownBy(() -> run.replace("status.json", out -> out.write(1)))
        .hasMessage("only who holds the lease of a run may write to it");
    Lease lease = Lease.take(run);
    lease.close();
    assertThatThrownBy(() -> lease.run().replace("status.json", out -> out.write(1)))
        .hasMessage("this process has given run run up");
    assertThat(folder.resolve("run/status.json")).doesNotExist();
  }

  @Test
  void leaseThatThisProcessGaveUpWithoutSayingSoIsNobodys() throws IOException {
    Lease.take(run).close();
    Files.delete(folder.resolve("run/lease/000001.released")); // the disk was full
    try (Lease second = Lease.take(run)) {
      second.requireHeld();
    }
  }

  @Test
  void beatingHolderOfAnotherHostIsLeftAlone() throws Exception {
    holder("another-host", 1);
    AtomicBoolean done = new AtomicBoolean();
    Thread beats =
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
    beats.start();
    try {
      assertThatThrownBy(() -> Lease.take(run, PATIENCE))
          .hasMessageContaining("process 1 on another-host is at work on it");
    } finally {
      done.set(true);
      beats.join();
    }
  }

  @Test
  void closingTwiceIsNoHarm() {
    Lease lease = Lease.take(run);
    lease.close();
    assertThatCode(lease::close).doesNotThrowAnyException();
  }
}
