package io.meanfield.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {
  private static final RunId ID = new RunId("run-1");

  @TempDir private Path folder;

  private final Configuration hadoop = new Configuration();

  private RunDirectory claim(String directory) {
    return new Runs(hadoop, directory).claim(ID, Manifest.of(Map.of("a.b", "with dots")));
  }

  @Test
  void manifestIsReadAsItWasWritten() {
    RunDirectory run = claim(folder.toString());
    assertThat(run.manifest().json().root().unwrapped())
        .isEqualTo(Map.of("a.b", "with dots", "schema_version", 1));
  }

  @Test
  void secondClaimReturnsTheManifestOfTheFirst() {
    claim(folder.toString());
    RunDirectory second =
        new Runs(hadoop, folder.toString()).claim(ID, Manifest.of(Map.of("a.b", "something else")));
    assertThat(second.manifest().json().root().get("a.b").unwrapped()).isEqualTo("with dots");
  }

  @Test
  void differencesNameKeyAndBothValues() {
    Manifest old =
        Manifest.of(
            Map.of("settings", Map.of("train", Map.of("epochs", 2, "workers", 2)), "other", 1));
    Manifest wanted =
        Manifest.of(Map.of("settings", Map.of("train", Map.of("epochs", 3)), "other", 2));
    assertThat(old.differences(wanted, List.of("settings.train")))
        .extracting(Manifest.Difference::toString)
        .containsExactly(
            "settings.train.epochs was 2, is 3", "settings.train.workers was 2, is unset");
    assertThat(old.differences(old, List.of("settings", "other"))).isEmpty();
  }

  @Test
  void directoryThatCannotBeCreatedIsNamed() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> new Runs(hadoop, file.toString()).requireWritable(false))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNWRITABLE))
        .hasMessageStartingWith("cannot write " + file + ": ")
        .hasMessageEndingWith("; check run.directory, its permissions and the free space");
  }

  @Test
  void runThatIsDeletedWhileItIsReadIsNoWrongArgument() throws IOException {
    claim(folder.toString());
    RunDirectory run = new Runs(hadoop, folder.toString()).find(ID).orElseThrow();
    Path manifest = folder.resolve("run-1/run.json");
    Files.delete(manifest);
    for (ThrowingCallable reading :
        List.<ThrowingCallable>of(run::manifest, run::requireIntactModel)) {
      assertThatThrownBy(reading)
          .isInstanceOfSatisfying(
              UserException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNREADABLE))
          .hasMessage(
              manifest
                  + " is gone, which this command has found before: somebody has deleted or moved"
                  + " run run-1 meanwhile; restore its directory, or name another run");
    }
  }

  @Test
  void statusThatCannotBeReadIsNotMissing() throws IOException {
    claim(folder.toString());
    Path status = Files.writeString(folder.resolve("run-1/status.json"), "{}");
    RunDirectory run =
        new Runs(DeniedDisk.mount("status.json", 9), folder.toString()).find(ID).orElseThrow();
    assertThatThrownBy(run::statusUnlessDamaged)
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNREADABLE))
        .hasMessage(
            "cannot read "
                + status
                + ": Permission denied; allow the user of this process to read the file");
    Files.delete(status);
    assertThat(run.statusUnlessDamaged()).isEmpty();
    Files.createDirectory(status);
    assertThatThrownBy(run::statusUnlessDamaged)
        .hasMessage(
            "cannot read " + status + ": expected a file, found a directory; check the path");
  }

  @Test
  void copyOfARunKeepsItsIdWhenItsManifestIsReplaced() throws IOException {
    Files.createDirectories(folder.resolve("run-1"));
    Files.write(
        folder.resolve("run-1/run.json"),
        Manifest.of(Map.of("run_id", "original", "command", "train")).content().bytes());
    RunDirectory run = new Runs(hadoop, folder.toString()).find(ID).orElseThrow();
    try (Lease lease = Lease.take(run)) {
      lease
          .run()
          .replaceManifest(Manifest.of(Map.of("run_id", "run-1", "command", "train", "epochs", 9)));
    }
    assertThat(run.manifest().string("run_id")).contains("original");
    assertThat(run.manifest().integer("epochs")).isEqualTo(9);
  }

  @Test
  void statusOfAFailedRunContainsCodeAndMessage() throws IOException {
    try (Lease lease = Lease.take(claim(folder.toString()))) {
      lease
          .run()
          .write(
              Status.running(Instant.EPOCH)
                  .failed(Instant.EPOCH, ErrorCode.DIVERGED, "it diverged"));
    }
    assertThat(Files.readString(folder.resolve("run-1/status.json")))
        .contains(
            "\"state\" : \"failed\"",
            "\"exit_code\" : 1",
            "\"error_code\" : \"diverged\"",
            "it diverged");
  }

  @Test
  void damagedStatusFileNamesItsPath() throws IOException {
    RunDirectory run = claim(folder.toString());
    Files.writeString(folder.resolve("run-1/status.json"), "{ \"state\": ");
    assertThatThrownBy(run::success)
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNREADABLE))
        .hasMessage(
            folder
                + "/run-1/status.json is damaged: unexpected JSON (line 1); restore the file from a"
                + " backup");
  }

  @Test
  void runIdMustBeAFileName() {
    assertThatThrownBy(() -> new RunId("../elsewhere"))
        .hasMessageContaining("found \"../elsewhere\"")
        .isInstanceOf(UserException.class);
    assertThat(RunId.fresh(Instant.now()).value()).matches("\\d{8}-\\d{6}-[0-9a-f]{4}");
  }
}
