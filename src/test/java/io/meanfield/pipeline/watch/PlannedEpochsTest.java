package io.meanfield.pipeline.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.meanfield.store.Manifest;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlannedEpochsTest {
  private static Manifest run(String settings) {
    return Manifest.of(Map.of("command", "train"))
        .with("settings", ConfigFactory.parseString(settings).root().unwrapped());
  }

  @Test
  void epochsAreThoseOfTraining() {
    assertThat(PlannedEpochs.of(run("train.epochs = 7"))).isEqualTo(7);
  }

  /** The settings of such a run have the default of train.epochs, too. */
  @Test
  void epochsOfPlayEndWithAnEvaluation() {
    Manifest play =
        run("train.epochs = 7, reinforce { steps = 480, evaluation.frequency = 160 }")
            .with("command", "play");
    assertThat(PlannedEpochs.of(play)).isEqualTo(3);
    assertThat(PlannedEpochs.of(run("train.epochs = 7").with("command", "play"))).isZero();
  }

  @Test
  void runThatTrainsNoModelHasNone() {
    assertThat(PlannedEpochs.of(run("data.format = csv"))).isZero();
    assertThat(PlannedEpochs.of(Manifest.of(Map.of()))).isZero();
  }

  @Test
  void settingsOfAnotherVersionStillHaveEpochs() {
    assertThat(PlannedEpochs.of(run("train { epochs = 7, key-of-the-future = 1 }"))).isEqualTo(7);
  }
}
