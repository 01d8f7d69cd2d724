package io.meanfield.pipeline.retrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.settings.SettingsTree;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RetrainSettingsTest {
  private static RetrainSettings read(String... assignments) {
    SettingsTree tree = SettingsTree.load(List.of(), List.of(assignments));
    return RetrainSettings.read(tree.section("retrain"), tree.section("gate"));
  }

  @Test
  void defaultsTrainFromTheChampionOnAllPartitions() {
    RetrainSettings settings = read();
    assertThat(settings.model()).isEmpty();
    assertThat(settings.input()).isEmpty();
    assertThat(settings.window()).isEqualTo(OptionalInt.empty());
    assertThat(settings.testWindow()).isEmpty();
    assertThat(settings.start()).isEqualTo(RetrainSettings.Start.WARM);
  }

  @Test
  void everyKeyIsRead() {
    RetrainSettings settings =
        read("retrain { model = m, input = in, window = 7, test-window = 2, start = cold }");
    assertThat(settings.model()).contains("m");
    assertThat(settings.input()).contains("in");
    assertThat(settings.window()).isEqualTo(OptionalInt.of(7));
    assertThat(settings.testWindow()).isEqualTo(OptionalInt.of(2));
    assertThat(settings.start()).isEqualTo(RetrainSettings.Start.COLD);
    assertThat(settings.rule().floor()).isEqualTo(Optional.empty());
  }

  @Test
  void allSettingsThatRetrainNeedsAreNamedAtOnce() {
    assertThatThrownBy(() -> requireCompleteOfPrepared("retrain.input = in"))
        .hasMessage(
            """
            retrain.model is not set; set it to the name of the model in the registry
            retrain.floor is not set; set it to the least good accuracy with which a first model \
            may be promoted
            retrain.input cannot be used with data.format = prepared; leave retrain.input out, or \
            choose idx, csv or parquet\
            """);
    assertThatCode(() -> requireCompleteOfPrepared("retrain { model = m, floor = 0.5 }"))
        .doesNotThrowAnyException();
  }

  @Test
  void testWindowNeedsPartitionsAndIsTheOnlyChoiceOfTestExamples() {
    String retrain = "retrain { model = m, floor = 0.5, test-window = 2 }";
    assertThatThrownBy(() -> requireComplete("data { format = csv, columns.label = y }", retrain))
        .hasMessage(
            "retrain.test-window = 2 takes the newest partitions of retrain.input, which is not"
                + " set; set it, or leave retrain.test-window out");
    for (String test : List.of("data.test.path = a.csv", "data.test-fraction = 0.2")) {
      assertThatThrownBy(
              () ->
                  requireComplete(
                      "data { format = csv, columns.label = y }",
                      retrain,
                      "retrain.input = in",
                      test))
          .hasMessage(
              "retrain.test-window = 2 and data.test or data.test-fraction both choose the test"
                  + " examples; leave one out");
    }
  }

  @Test
  void leastCoverageNeedsIntervals() {
    String retrain = "retrain { model = m, floor = 0.5, min-coverage = 0.85 }";
    assertThatThrownBy(() -> requireCompleteOfPrepared(retrain))
        .hasMessage(
            "retrain.min-coverage is set, but models have no intervals; set train.intervals, such"
                + " as 0.9, or leave retrain.min-coverage out");
    assertThatCode(
            () -> requireComplete("data.format = prepared", retrain, "train.intervals = 0.9"))
        .doesNotThrowAnyException();
  }

  private static void requireCompleteOfPrepared(String assignment) {
    requireComplete("data.format = prepared", assignment);
  }

  private static void requireComplete(String... assignments) {
    JobSettings settings = JobSettings.load(List.of(), List.of(assignments));
    settings
        .get(RetrainSettings.class)
        .requireComplete(settings.data(), settings.train().intervals());
  }
}
