package io.meanfield.cli.models;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meanfield.cli.CommandResult;
import io.meanfield.cli.Meanfield;
import io.meanfield.registry.TestVersions;
import io.meanfield.store.Lease;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ModelsCommandTest {
  @TempDir private Path folder;

  private String out = "";
  private String err = "";

  private int models(String... args) {
    CommandResult result =
        CommandResult.of(
            folder, Stream.concat(Stream.of("models"), Stream.of(args)).toArray(String[]::new));
    out = result.out();
    err = result.err();
    return result.exitCode();
  }

  private void register(String run, Map<String, ?> entries) {
    TestVersions.run(
        new Configuration(), folder.resolve("runs").toString(), run, "model of " + run, entries);
    assertThat(models("register", "digits", "--run", run)).as(err).isZero();
  }

  private void promote(int version) {
    assertThat(models("promote", "digits@" + version, "--reason", "better", "--actor", "ann"))
        .as(err)
        .isZero();
  }

  private JsonNode json(String... args) throws IOException {
    models(Stream.concat(Stream.of(args), Stream.of("--json")).toArray(String[]::new));
    return new ObjectMapper().readTree(out);
  }

  @Test
  void everySubcommandHasAHelpTextWithAnExample() {
    CommandLine command = Meanfield.commandLine().getSubcommands().get("models");
    assertThat(command.getSubcommands().keySet()).hasSize(6);
    for (String name : command.getSubcommands().keySet()) {
      assertThat(models(name, "--help")).as(name).isZero();
      assertThat(out).contains("Example: scripts/submit models " + name);
    }
  }

  @Test
  void emptyRegistryIsSaid() {
    assertThat(models("list")).isZero();
    assertThat(out).isEqualTo("no model is registered in " + folder.resolve("models") + "\n");
  }

  @Test
  void listShowsChampionAndMetrics() throws IOException {
    register("monday", Map.of());
    register("tuesday", Map.of());
    promote(2);
    assertThat(models("list")).isZero();
    List<String> lines = out.lines().toList();
    assertThat(lines.get(0))
        .matches("\\| version  \\| rank     \\| created +\\| run     \\| metrics +\\|");
    assertThat(lines.get(2))
        .matches(
            "\\| digits@1 \\|          \\| \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ \\| monday"
                + "  \\| validation_accuracy 0.7500 \\|");
    assertThat(lines.get(3)).startsWith("| digits@2 | champion |");
    JsonNode version = json("list", "digits").get("versions").get(1);
    assertThat(version.get("model").asText()).isEqualTo("digits");
    assertThat(version.get("version").asInt()).isEqualTo(2);
    assertThat(version.get("champion").asBoolean()).isTrue();
    assertThat(version.get("run_id").asText()).isEqualTo("tuesday");
    assertThat(version.get("metrics").get("validation_accuracy").asDouble()).isEqualTo(0.75);
  }

  @Test
  void historySaysWhoChangedTheChampionAndWhy() throws IOException {
    register("monday", Map.of());
    register("tuesday", Map.of());
    promote(1);
    assertThat(out).isEqualTo("done     promotion digits@1, entry 1 of the history\n");
    promote(2);
    assertThat(models("rollback", "digits", "--reason", "wrong answers", "--actor", "bob"))
        .isZero();
    assertThat(out).isEqualTo("done     roll-back digits@1, entry 3 of the history\n");
    assertThat(models("show", "digits")).isZero();
    assertThat(out)
        .startsWith("champion  digits@1\n")
        .containsPattern(
            "\\| 3     \\| \\S+ \\| roll-back \\| 1       \\| 2      \\| bob   \\|     \\| wrong"
                + " answers \\|");
    JsonNode history = json("show", "digits");
    assertThat(history.get("champion").asInt()).isEqualTo(1);
    assertThat(history.get("history").get(1).at("/change/kind").asText()).isEqualTo("promotion");
    assertThat(history.get("history").get(1).at("/change/compared_with").asInt()).isEqualTo(1);
    assertThat(models("rollback", "digits", "--reason", "again")).isEqualTo(2);
    assertThat(err)
        .isEqualTo(
            "error: digits has no champion before the current one; expected --to N with an earlier"
                + " champion\n");
  }

  @Test
  void promotionAgainstAnotherChampionFails() throws IOException {
    register("monday", Map.of());
    register("tuesday", Map.of());
    promote(1);
    String[] promotion = {
      "promote", "digits@2", "--reason", "better", "--compared-with", "3", "--json"
    };
    assertThat(models(promotion)).isEqualTo(1);
    assertThat(err)
        .isEqualTo(
            "error: the champion of digits must be digits@3, found digits@1; compare the version"
                + " with that champion\n");
    assertThat(new ObjectMapper().readTree(out).get("error_code").asText())
        .isEqualTo("champion_changed");
  }

  @Test
  void metricsAndSettingsOfAVersionAreShown() throws IOException {
    register("monday", Map.of());
    assertThat(models("show", "digits@1")).isZero();
    assertThat(out)
        .startsWith("version  digits@1 of run monday\ncreated  ")
        .contains(
            "\nweights  sha256 weights-of-model of monday\n",
            "\nmetric   validation_accuracy 0.750000\n",
            "epochs=3");
    assertThat(json("show", "digits@1").get("manifest").get("files").has("model.zip")).isTrue();
  }

  @Test
  void reasonDrawsNothingOnTheTerminalAndNoRowOfTheHistory() {
    register("monday", Map.of());
    String reason =
        "better\u001b[2J\u009b1m\n| 2 | 2026-01-01 | promoted | 9 | | eve | | fine |\u202e";
    assertThat(models("promote", "digits@1", "--reason", reason, "--actor", "ann")).isZero();
    assertThat(models("show", "digits")).isZero();
    assertThat(out)
        .contains(
            "better\\u001b[2J\\u009b1m\\u000a\\| 2 \\| 2026-01-01 \\| promoted \\| 9 \\| \\| eve"
                + " \\| \\| fine \\|\\u202e |\n")
        .doesNotContain("\u001b", "\u009b", "\u202e")
        .hasLineCount(5);
  }

  @Test
  void versionWithoutAProfileGetsANote() throws IOException {
    String note =
        "digits@1 has no profile of its training data: while it is the champion, the data gate of"
            + " retrain has nothing to compare new data with (schema, rows_change, drift); to"
            + " register a version with a profile, run the command train with run.profile = true"
            + " and another --run-id";
    register("monday", Map.of());
    assertThat(out).endsWith("\nnote     " + note + "\n");
    JsonNode notes = json("register", "digits", "--run", "monday").get("notes");
    assertThat(notes).hasSize(1);
    assertThat(notes.get(0).asText()).isEqualTo(note);
  }

  @Test
  void versionWithAProfileOrWithoutTrainingDataGetsNoNote() throws IOException {
    RunDirectory run =
        TestVersions.run(
            new Configuration(), folder.resolve("runs").toString(), "monday", "a", Map.of());
    try (Lease lease = Lease.take(run)) {
      lease.run().replace("reference.json", content -> content.write("{}".getBytes(UTF_8)));
      Status status = lease.run().status().orElseThrow();
      lease.run().write(status.withModel(lease.run().modelSha256()));
    }
    assertThat(models("register", "digits", "--run", "monday")).isZero();
    assertThat(out).contains("version  digits@1").doesNotContain("note");
    assertThat(folder.resolve("models/digits/versions/1/reference.json")).hasContent("{}");
    register("tuesday", Map.of("command", "play", "data", Map.of()));
    assertThat(out).contains("version  digits@2").doesNotContain("note");
  }

  @Test
  void unfinishedRunIsNotRegistered() {
    assertThat(models("register", "digits", "--run", "none")).isEqualTo(2);
    assertThat(err)
        .isEqualTo(
            "error: there is no run none in "
                + folder.resolve("runs")
                + ", which has no runs; expected the id of a run of train\n");
  }
}
