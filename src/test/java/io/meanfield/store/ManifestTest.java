package io.meanfield.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.CountingServer;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestTest {
  @TempDir private Path folder;

  private static Manifest parse(String json) {
    return Manifest.parse(json.getBytes(StandardCharsets.UTF_8), "run.json");
  }

  private static void assertDamaged(Runnable reading, String message) {
    assertThatThrownBy(reading::run)
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNREADABLE))
        .hasMessage(message);
  }

  @Test
  void manifestIsReadAsItWasWritten() throws IOException {
    Manifest manifest =
        Manifest.of(
            Map.of(
                "a.b", 1, "rate", 0.1, "whole", 5.0, "seed", Long.MIN_VALUE, "list", List.of("ä")));
    Manifest read = Manifest.parse(manifest.content().bytes(), "run.json");
    assertThat(read.json()).isEqualTo(manifest.json());
    assertThat(read.text()).isEqualTo(manifest.text());
  }

  @Test
  void damagedManifestNamesFileAndPlace() {
    assertDamaged(
        () -> parse("{ \"schema_version\" : ["),
        "run.json is damaged: it ends inside a value (line 1, column 23); restore the file from a"
            + " backup");
    assertDamaged(
        () -> parse("{\n\"schema_version\" : \"one\" }"),
        "schema_version must be a whole number, found \"one\" (run.json: 2); restore the file from"
            + " a backup");
    assertDamaged(
        () -> parse("{}"),
        "schema_version must be a whole number, found nothing (run.json: 1); restore the file from"
            + " a backup");
    Manifest manifest = parse("{ \"schema_version\" : 1,\n\"settings\" : 3, \"engine\" : [] }");
    assertDamaged(
        () -> manifest.section("settings"),
        "settings must be an object { … }, found 3 (run.json: 2); restore the file from a backup");
    assertDamaged(
        () -> manifest.string("engine"),
        "engine must be a string, found [] (run.json: 2); restore the file from a backup");
  }

  @Test
  void newerSchemaVersionIsRejected() {
    assertThatThrownBy(() -> parse("{ \"schema_version\" : 2 }"))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.WRONG_ARGUMENTS))
        .hasMessage(
            "run.json has schema version 2, expected at most 1; use a newer version of Meanfield");
  }

  @Test
  void includeInARunMakesNoRequestAndTheFileStaysAsItIs() throws IOException {
    try (CountingServer server = new CountingServer()) {
      RunDirectory run =
          new Runs(new Configuration(), folder.toString())
              .claim(new RunId("run"), Manifest.of(Map.of()));
      Path file = folder.resolve("run/run.json");
      String hostile = "include url(\"" + server.url() + "\")";
      Files.writeString(file, hostile);
      assertDamaged(
          run::manifest,
          file
              + " is damaged: expected JSON, found something else (line 1); restore the"
              + " file from a backup");
      assertThat(file).hasContent(hostile);
      assertThat(server.requests()).isZero();
    }
  }

  @Test
  void manifestThatIsTooLargeToBeReadIsNotWritten() {
    Manifest manifest = Manifest.of(Map.of("files", List.of("a.csv", "b.csv")));
    int length = manifest.bytes().length;
    assertThat(manifest.bytes(length)).hasSize(length);
    assertThatThrownBy(() -> manifest.bytes(length - 1))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.WRONG_SETTINGS))
        .hasMessage(
            "the manifest of a run or version must have at most "
                + (length - 1)
                + " bytes, found "
                + length
                + "; maybe it lists too many input files, so train on fewer, larger files");
  }

  @Test
  void manifestWithManyInputFilesIsRead() {
    List<String> files = Collections.nCopies(17, "f".repeat(1_000_000));
    RunDirectory run =
        new Runs(new Configuration(), folder.toString())
            .claim(new RunId("run"), Manifest.of(Map.of("files", files)));
    assertThat(run.manifest().json().getStringList("files")).isEqualTo(files);
  }
}
