package io.meanfield.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import io.meanfield.store.Manifest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OlderSettingsTest {
  private static Manifest run(Config settings) {
    return Manifest.of(Map.of("settings", settings.root().unwrapped()));
  }

  @Test
  void runOfAnOlderVersionContinuesWithTheDefaults() {
    Config now = JobSettings.load(List.of(), List.of()).config();
    Config older = now.withoutPath("train.threshold").withoutPath("train.early-stopping.monitor");
    List<String> train = List.of("settings.train");
    assertThat(run(older).differences(run(now), train)).hasSize(2);
    assertThat(OlderSettings.completed(run(older), run(now)).differences(run(now), train))
        .isEmpty();
    Config other = JobSettings.load(List.of(), List.of("train.threshold = f1")).config();
    assertThat(OlderSettings.completed(run(older), run(other)).differences(run(other), train))
        .containsExactly("settings.train.threshold was 0.5, is \"f1\"");
  }

  @Test
  void manifestWithoutTrainingStaysAsItIs() {
    Manifest evaluation = Manifest.of(Map.of("command", "evaluate"));
    assertThat(OlderSettings.completed(evaluation, evaluation)).isEqualTo(evaluation);
  }
}
