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
    assertThat(settings.start()).isEqualTo(RetrainSettings.Start.WARM);
  }

  @Test
  void everyKeyIsRead() {
    RetrainSettings settings = read("retrain { model = m, input = in, window = 7, start = cold }");
    assertThat(settings.model()).contains("m");
    assertThat(settings.input()).contains("in");
    assertThat(settings.window()).isEqualTo(OptionalInt.of(7));
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

  private static void requireCompleteOfPrepared(String assignment) {
    JobSettings settings =
        JobSettings.load(List.of(), List.of("data.format = prepared", assignment));
    settings.get(RetrainSettings.class).requireComplete(settings.data());
  }
}
