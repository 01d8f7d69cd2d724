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
    Config now = RecordedSettings.of(JobSettings.load(List.of(), List.of()).config());
    Config older = now.withoutPath("train.threshold").withoutPath("train.early-stopping.monitor");
    List<String> train = List.of("settings.train");
    assertThat(run(older).differences(run(now), train)).hasSize(2);
    assertThat(OlderSettings.completed(run(older), run(now)).differences(run(now), train))
        .isEmpty();
    Config other =
        RecordedSettings.of(JobSettings.load(List.of(), List.of("train.threshold = f1")).config());
    assertThat(OlderSettings.completed(run(older), run(other)).differences(run(other), train))
        .containsExactly("settings.train.threshold was 0.5, is \"f1\"");
  }

  @Test
  void runContinuesInAnyPlacementAndWithTheGroupsThatItBeganWith() {
    List<String> train = List.of("settings.train");
    Config one = with("1");
    for (Config began : List.of(one, one.withoutPath("train.workers-per-task"))) {
      for (String placement : List.of("1", "auto")) {
        Manifest wanted = run(RecordedSettings.of(with(placement)));
        assertThat(OlderSettings.completed(run(began), wanted).differences(wanted, train))
            .isEmpty();
      }
    }
    Manifest groups = run(RecordedSettings.of(with("2")));
    assertThat(OlderSettings.completed(run(one), groups).differences(groups, train))
        .containsExactly("settings.train.workers-per-task was unset, is 2");
    Manifest auto = run(RecordedSettings.of(with("auto")));
    assertThat(OlderSettings.completed(groups, auto).differences(auto, train))
        .containsExactly("settings.train.workers-per-task was 2, is unset");
  }

  private static Config with(String workersPerTask) {
    return JobSettings.load(List.of(), List.of("train.workers-per-task = " + workersPerTask))
        .config();
  }

  @Test
  void manifestWithoutTrainingStaysAsItIs() {
    Manifest evaluation = Manifest.of(Map.of("command", "evaluate"));
    assertThat(OlderSettings.completed(evaluation, evaluation)).isEqualTo(evaluation);
  }

  private static Config older() {
    return JobSettings.load(List.of(), List.of("data.columns.features = [x]"))
        .config()
        .withoutPath("data.bad-rows")
        .withoutPath("data.chunk-size")
        .withoutPath("data.columns.embed-above")
        .withoutPath("data.columns.embedding-size");
  }

  @Test
  void recordedSettingsOfAnOlderVersionEmbedNoColumn() {
    Config completed = OlderSettings.completed(older());
    assertThat(completed.getString("data.columns.embed-above")).isEqualTo("none");
    assertThat(completed.getString("data.columns.embedding-size")).isEqualTo("auto");
    assertThat(completed.getString("data.bad-rows")).isEqualTo("refuse");
    assertThat(completed.getString("data.chunk-size")).isEqualTo("none");
    Config newer = JobSettings.load(List.of(), List.of("data.columns.embed-above = 9")).config();
    assertThat(OlderSettings.completed(newer)).isEqualTo(newer);
  }

  @Test
  void continuedWorkKeepsItsInputsUnlessOthersAreWanted() {
    Config now = JobSettings.load(List.of(), List.of()).config();
    assertThat(OlderSettings.continued(older(), now).getString("data.columns.embed-above"))
        .isEqualTo("none");
    assertThat(OlderSettings.continued(older(), now).getString("data.chunk-size"))
        .isEqualTo("none");
    assertThat(OlderSettings.continued(now, now)).isEqualTo(now);
    Config chosen = JobSettings.load(List.of(), List.of("data.chunk-size = 9m")).config();
    assertThat(OlderSettings.continued(older(), chosen).getString("data.chunk-size"))
        .isEqualTo("9m");
    Config other =
        JobSettings.load(
                List.of(), List.of("data.columns.embed-above = 9", "data.chunk-size = none"))
            .config();
    assertThat(OlderSettings.continued(older(), other)).isEqualTo(other);
  }
}
