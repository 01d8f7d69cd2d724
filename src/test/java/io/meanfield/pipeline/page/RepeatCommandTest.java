package io.meanfield.pipeline.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.store.Manifest;
import io.meanfield.store.RunId;
import io.meanfield.store.Runs;
import io.meanfield.store.Status;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

class RepeatCommandTest {
  private static final String SENTENCE = "This command repeats the run under another name: `";

  private static String command(Map<String, ?> manifest) {
    String sentence = RepeatCommand.sentence(record(manifest));
    assertThat(sentence).startsWith(SENTENCE).endsWith("`");
    return sentence.substring(SENTENCE.length(), sentence.length() - 1);
  }

  private static RunRecord record(Map<String, ?> manifest) {
    return new RunRecord(
        new Runs(new Configuration(false), "runs").directory(new RunId("night")),
        Manifest.of(manifest),
        Status.running(Instant.EPOCH));
  }

  @Test
  void settingsThatAreNotTheDefaultsAreRepeated() {
    assertThat(
            command(
                Map.of(
                    "command",
                    "train",
                    "settings",
                    Map.of("train", Map.of("epochs", 7), "run", Map.of("seed", 12)))))
        .isEqualTo(
            "scripts/submit train --set run.seed=12 --set train.epochs=7 --run-id night-again");
  }

  @Test
  void playIsRepeatedByItsSettings() {
    assertThat(
            command(
                Map.of(
                    "command",
                    "play",
                    "settings",
                    Map.of("reinforce", Map.of("steps", 480, "gamma", 0.5)))))
        .isEqualTo(
            "scripts/submit play --set reinforce.gamma=0.5 --set reinforce.steps=480 --run-id"
                + " night-again");
  }

  @Test
  void startingWeightsAreAnOptionOfTrainOnly() {
    assertThat(command(Map.of("command", "train", "from", "digits@3")))
        .isEqualTo("scripts/submit train --from digits@3 --run-id night-again");
    assertThat(
            command(
                Map.of(
                    "command",
                    "retrain",
                    "from",
                    "digits@3",
                    "requested",
                    Map.of("date", "2026-01-05", "dry_run", false, "allow_backfill", false))))
        .isEqualTo("scripts/submit retrain --date 2026-01-05 --run-id night-again");
  }

  @Test
  void dryRunOfAnOlderDateStaysOne() {
    assertThat(
            command(
                Map.of(
                    "command",
                    "retrain",
                    "requested",
                    Map.of("date", "2026-01-05", "dry_run", true, "allow_backfill", true))))
        .isEqualTo(
            "scripts/submit retrain --date 2026-01-05 --dry-run --allow-backfill --run-id"
                + " night-again");
  }

  @Test
  void runsThatNoCommandLineRepeatsHaveASentence() {
    assertThat(RepeatCommand.sentence(record(Map.of("command", "fit"))))
        .isEqualTo("A Spark program has fitted this model. The same program repeats the run.");
    assertThat(RepeatCommand.sentence(record(Map.of("command", "predict"))))
        .isEqualTo("The command predict repeats this run.");
    assertThat(RepeatCommand.sentence(record(Map.of("command", "distill"))))
        .isEqualTo("The command distill repeats this run."); // of a later version
    assertThat(RepeatCommand.sentence(record(Map.of())))
        .isEqualTo("The command unknown repeats this run.");
  }

  @Test
  void wordsAreQuotedForTheShell() {
    assertThat(
            command(Map.of("command", "evaluate", "model", Map.of("name", "it's; rm -rf $HOME"))))
        .isEqualTo("scripts/submit evaluate --model 'it'\\''s; rm -rf $HOME' --run-id night-again");
  }

  @Test
  void layersAreALine() {
    assertThat(
            SummarySection.layers(
                List.of(Map.of("dense", 64, "activation", "relu"), Map.of("flatten", true), "x")))
        .isEqualTo("dense 64 relu, flatten true, x");
  }
}
