package io.meanfield.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.conf.Configuration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegisteredModelTest {
  private static final Cause CAUSE = new Cause("ann", "better", Optional.empty());
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @TempDir private Path folder;

  private final Configuration hadoop = new Configuration();

  private RegisteredModel model() {
    return new Registry(hadoop, folder.resolve("models").toString()).model("digits");
  }

  private RunDirectory run(String id, Map<String, ?> entries) {
    return TestVersions.run(
        hadoop, folder.resolve("runs").toString(), id, "model of " + id, entries);
  }

  private ModelVersion register(String run) {
    return register(run, Map.of());
  }

  private ModelVersion register(String run, Map<String, ?> entries) {
    return model().register(NewVersion.of("digits", run(run, entries)));
  }

  private void promote(int version) {
    Optional<Integer> champion = model().history().champion();
    assertThat(model().promote(version, champion, CAUSE)).isPresent();
  }

  private void rollBack(int version) {
    Optional<Integer> champion = model().history().champion();
    assertThat(model().rollBack(version, champion, CAUSE)).isPresent();
  }

  private Path file(int version, String name) {
    return folder.resolve("models/digits/versions/" + version + "/" + name);
  }

  private static Cause by(String run) {
    return new Cause("retrain", "beats the champion", Optional.of(run));
  }

  @Test
  void versionHasTheFilesAndTheManifestOfItsRun() throws IOException {
    ModelVersion version = register("monday");
    assertThat(version.name()).hasToString("digits@1");
    assertThat(file(1, "model.zip")).hasContent("model of monday");
    assertThat(version.runId()).isEqualTo("monday");
    assertThat(version.metrics()).isEqualTo(Map.of("validation_accuracy", 0.75));
    assertThat(version.weightsSha256()).contains("weights-of-model of monday");
    assertThat(version.settings().getInt("train.epochs")).isEqualTo(3);
    assertThat(version.run().string("data.train.fingerprint")).contains("f-model of monday");
    assertThat(version.parent()).isEmpty();
    assertThat(version.damages()).isEmpty();
  }

  @Test
  void sameRunRegistersTheSameVersionAgain() {
    register("monday");
    register("tuesday");
    assertThat(register("monday").number()).isEqualTo(1);
    assertThat(model().versions()).extracting(ModelVersion::number).containsExactly(1, 2);
  }

  @Test
  void runWithoutAModelIsRefused() {
    RunDirectory run = run("monday", Map.of());
    assertThat(folder.resolve("runs/monday/model.zip").toFile().delete()).isTrue();
    assertThatThrownBy(() -> NewVersion.of("digits", run))
        .hasMessage(
            "run monday in "
                + folder
                + "/runs/monday has no model.zip; expected a finished run of train");
  }

  @Test
  void trainingFromAVersionOfTheSameModelMakesItTheParent() {
    register("monday");
    assertThat(register("tuesday", Map.of("from", "digits@1")).parent()).contains(1);
    assertThat(register("wednesday", Map.of("from", "letters@1")).parent()).isEmpty();
  }

  @Test
  void championIsTheVersionThatWasPromotedLast() {
    register("monday");
    register("tuesday");
    assertThat(model().champion()).isEmpty();
    promote(1);
    promote(2);
    assertThat(model().champion().orElseThrow().number()).isEqualTo(2);
    HistoryEntry last = model().history().entries().get(1);
    assertThat(last.number()).isEqualTo(2);
    assertThat(last.cause()).isEqualTo(CAUSE);
    assertThat(last.change()).isEqualTo(Change.promotion(2, Optional.of(1)));
  }

  @Test
  void promotionAgainstAnotherChampionChangesNothing() {
    register("monday");
    register("tuesday");
    register("wednesday");
    promote(1);
    promote(2);
    assertThat(model().promote(3, Optional.of(1), CAUSE)).isEmpty();
    assertThat(model().history().entries()).hasSize(2);
  }

  @Test
  void runEntersItsPromotionOnceEvenAfterARollBack() {
    register("monday");
    register("tuesday");
    promote(1);
    model().promote(2, Optional.of(1), by("tuesday"));
    rollBack(1);
    Optional<HistoryEntry> again = model().promote(2, Optional.of(1), by("tuesday"));
    assertThat(again).contains(model().history().entries().get(1));
    assertThat(model().history().champion()).contains(1);
  }

  @Test
  void damagedVersionIsNotPromoted() throws IOException {
    register("monday");
    Files.writeString(file(1, "model.zip"), "model of mondaz");
    assertThatThrownBy(() -> model().promote(1, Optional.empty(), CAUSE))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNREADABLE))
        .hasMessageMatching(
            file(1, "model.zip")
                + " is damaged: expected sha256 [0-9a-f]{64}, found sha256 [0-9a-f]{64}; restore"
                + " the file from a backup, or roll back to an intact version");
    Files.delete(file(1, "model.zip"));
    assertThat(model().versions().get(0).damages().get(0)).contains(", found no file; ");
  }

  private ModelVersion first() {
    return model().version(1).orElseThrow();
  }

  private void assertDamaged(ThrowingCallable reading, String message) {
    assertThatThrownBy(reading)
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNREADABLE))
        .hasMessage(
            message + "; restore the file from a backup, or roll back to an intact version");
  }

  @Test
  void profileIsReadOnlyIfItHasItsChecksum() throws IOException {
    model().register(withReference(NewVersion.of("digits", run("monday", Map.of()))));
    assertThat(first().readReference()).contains(new byte[] {1});
    String sum = DigestUtils.sha256Hex(Files.readAllBytes(file(1, "reference.json")));
    String expected =
        file(1, "reference.json") + " is damaged: expected sha256 " + sum + ", found ";
    Files.writeString(file(1, "reference.json"), "other");
    assertDamaged(
        () -> first().readReference(), expected + "sha256 " + DigestUtils.sha256Hex("other"));
    Files.delete(file(1, "reference.json"));
    assertDamaged(() -> first().readReference(), expected + "no file");
  }

  @Test
  void fileThatWasNotRegisteredIsNotUsed() throws IOException {
    register("monday");
    Files.writeString(file(1, "reference.json"), "{}");
    assertThat(first().readReference()).isEmpty();
  }

  @Test
  void rollBackGoesThroughTheEarlierChampions() {
    List.of("a", "b", "c").forEach(this::register);
    List.of(1, 2, 3).forEach(this::promote);
    rollBack(2);
    assertThat(model().history().previousChampion()).contains(1);
    rollBack(1);
    assertThat(model().history().previousChampion()).isEmpty();
    assertThat(model().history().champions()).containsExactly(1);
  }

  @Test
  void rollBackToAVersionThatNeverWasTheChampionIsRefused() {
    register("monday");
    register("tuesday");
    promote(1);
    assertThatThrownBy(() -> rollBack(2))
        .hasMessage(
            "digits@2 never was the champion of digits; expected an earlier champion, or use"
                + " promote");
  }

  @Test
  void modelWithoutVersionsSaysSo() {
    assertThatThrownBy(() -> resolve("digits@1"))
        .hasMessage("there is no version 1 of digits; it has no version");
  }

  @Test
  void referenceNamesAVersionByNumberOrTheChampion() {
    register("monday");
    register("tuesday");
    promote(2);
    assertThat(resolve("digits@1")).isEqualTo(1);
    assertThat(resolve("digits@champion")).isEqualTo(2);
    assertThatThrownBy(() -> resolve("digits@3"))
        .hasMessage("there is no version 3 of digits; the versions are: 1, 2");
    assertThatThrownBy(() -> resolve("letters@champion"))
        .hasMessage("letters has no champion; promote a version first, or name one by its number");
  }

  private int resolve(String reference) {
    return new Registry(hadoop, folder.resolve("models").toString())
        .resolve(VersionReference.parse(reference))
        .number();
  }

  @Test
  void missingEntryOfTheHistoryIsNamed() throws IOException {
    register("monday");
    register("tuesday");
    promote(1);
    promote(2);
    Path entry = folder.resolve("models/digits/history/00000001.json");
    Files.delete(entry);
    assertThatThrownBy(() -> model().history())
        .hasMessage(
            entry
                + " is damaged: it is missing, and later entries exist; restore the file from a"
                + " backup");
  }

  @Test
  void entryOfAVersionThatDoesNotExistIsNamed() throws IOException {
    register("monday");
    promote(1);
    Path entry = folder.resolve("models/digits/history/00000001.json");
    Files.writeString(
        entry, Files.readString(entry).replaceFirst("\"version\" : 1", "\"version\" : 7"));
    assertThatThrownBy(() -> model().champion())
        .hasMessage(
            "the history of digits names version 7, which does not exist; the versions are: 1;"
                + " restore it from a backup");
  }

  @Test
  void damagedManifestIsNamed() throws IOException {
    register("monday");
    register("tuesday");
    Path manifest = file(1, "version.json");
    String written = Files.readString(manifest);
    Files.writeString(manifest, written.replace("\"epochs\" : 3", "\"epochs\" : 4"));
    assertThatThrownBy(() -> model().promote(1, Optional.empty(), CAUSE))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNREADABLE))
        .hasMessageMatching(
            manifest
                + " is damaged: expected sha256 [0-9a-f]{64}, found sha256 [0-9a-f]{64}; restore"
                + " the file from a backup");
    assertThat(model().version(2)).isPresent();
    Files.writeString(manifest, written.replace("\"checksum\"", "\"checksums\""));
    assertThatThrownBy(() -> model().version(1))
        .hasMessage(
            manifest
                + " is damaged: it has no checksum of its own; restore the file from a backup");
  }

  /** Registers a run; another process registers it as well while the files are being copied. */
  private ModelVersion registerTwiceAtOnce(RunDirectory run) {
    NewVersion single = NewVersion.of("digits", run);
    NewVersion first =
        new NewVersion(
            run,
            single.result(),
            Optional.empty(),
            Optional.of(
                out -> {
                  model().register(withReference(single));
                  out.write(1);
                }),
            Map.of());
    return model().register(first);
  }

  private static NewVersion withReference(NewVersion version) {
    return new NewVersion(
        version.run(),
        version.result(),
        Optional.empty(),
        Optional.of(out -> out.write(1)),
        Map.of());
  }

  @Test
  void twoProcessesThatRegisterARunAtOnceWriteAnIntactVersion() {
    assertThat(registerTwiceAtOnce(run("monday", Map.of())).damages()).isEmpty();
    assertThat(model().versions()).hasSize(1);
  }

  @Test
  void modelSeesTheChangesOfOtherProcesses() {
    RegisteredModel model = model();
    register("monday");
    register("tuesday");
    promote(1);
    assertThat(model.history().champion()).contains(1);
    promote(2);
    assertThat(model.promote(1, Optional.of(1), CAUSE)).isEmpty();
  }

  @Test
  void championWhoseFilesAreGoneIsNamed() throws IOException {
    List.of("a", "b", "c").forEach(this::register);
    promote(1);
    assertThat(model().champion(1).number()).isEqualTo(1);
    Files.delete(file(1, "version.json"));
    assertThatThrownBy(() -> model().champion(1))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNREADABLE))
        .hasMessage(
            "the history of digits names version 1, which does not exist; the versions are: 2, 3;"
                + " restore it from a backup");
    assertThatThrownBy(() -> model().champion(7))
        .hasMessage("there is no version 7 of digits; the versions are: 2, 3");
  }

  @Test
  void entryAfterAGapNamesTheFirstMissingOne() throws IOException {
    register("monday");
    promote(1);
    Path history = folder.resolve("models/digits/history");
    Files.copy(history.resolve("00000001.json"), history.resolve("99999999.json"));
    for (ThrowingCallable reading :
        List.<ThrowingCallable>of(
            () -> model().history(), () -> model().promote(1, Optional.empty(), CAUSE))) {
      assertThatThrownBy(() -> assertTimeoutPreemptively(MINUTE, reading::call))
          .isInstanceOf(UserException.class)
          .hasMessage(
              history.resolve("00000002.json")
                  + " is damaged: it is missing, and later entries exist; restore the file from a"
                  + " backup");
    }
  }
}
