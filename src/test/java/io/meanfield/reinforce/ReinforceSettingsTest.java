package io.meanfield.reinforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.error.UserException;
import io.meanfield.network.Loss;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Optimizer;
import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.BatchNormalization;
import io.meanfield.network.layers.Dense;
import io.meanfield.network.layers.Dropout;
import io.meanfield.network.layers.Layer;
import io.meanfield.reinforce.environment.CartPole;
import io.meanfield.settings.SettingsTree;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests the defaults, every key of the section {@code reinforce}, and what follows from them. */
class ReinforceSettingsTest {
  private static ReinforceSettings load(String... assignments) {
    SettingsTree tree = SettingsTree.load(List.of(), List.of(assignments));
    ReinforceSettings settings = ReinforceSettings.read(tree.section("reinforce"));
    tree.root()
        .allow(
            List.of(
                "run",
                "data",
                "network",
                "train",
                "pretrain",
                "search",
                "registry",
                "gate",
                "retrain",
                "tracking"));
    tree.throwIfInvalid();
    return settings;
  }

  @Test
  void everyKeyIsRead() {
    assertThat(
            load(
                "reinforce { steps = 400, workers = 3, sync-frequency = 10" + " }",
                "reinforce { gamma = 0.9, batch-size = 8 }",
                "reinforce { buffer-size = 80, learning-starts = 7, train-frequency = 2 }",
                "reinforce { gradient-steps = 4, target-update = 30 }",
                "reinforce.exploration { to = 0.2, steps = 60 }",
                "reinforce.evaluation { frequency = 200, episodes = 5 }",
                "reinforce.evaluation.stop-at = 99.5"))
        .isEqualTo(
            new ReinforceSettings(
                400,
                3,
                10,
                new LearningSettings(8, 80, 7, 2, 4, 0.9, 30),
                new Exploration(0.2, 60),
                new EvaluationSettings(200, 5, 99.5)));
  }

  @Test
  void epochsEndWithEvaluations() {
    ReinforceSettings settings =
        load(
            "reinforce { steps = 400, sync-frequency = 10 }",
            "reinforce.target-update = 10",
            "reinforce.evaluation.frequency = 200");
    assertThat(settings.epochs()).isEqualTo(2);
    assertThat(settings.roundsPerEpoch()).isEqualTo(20);
  }

  @Test
  void wrongSettingsAreReportedTogether() {
    assertThatThrownBy(
            () ->
                load(
                    "reinforce.gamma = 1.5",
                    "reinforce.buffer-size = 10",
                    "reinforce.exploration.to = 2",
                    "reinforce.evaluation.stop-at = soon"))
        .isInstanceOf(UserException.class)
        .message()
        .contains("reinforce.gamma must be a number from 0 to 1, found 1.5")
        .contains(
            "reinforce.buffer-size must be at least reinforce.batch-size, which is 64, found 10")
        .contains("reinforce.exploration.to must be a number from 0 to 1, found 2")
        .contains("reinforce.evaluation.stop-at must be a number, or none, found \"soon\"");
  }

  @Test
  void intervalsMustBeWholeRounds() {
    assertThatThrownBy(
            () ->
                load(
                    "reinforce.sync-frequency = 300",
                    "reinforce.target-update = 500",
                    "reinforce.evaluation.frequency = 1000"))
        .message()
        .contains(
            "reinforce.target-update must be a multiple of reinforce.sync-frequency, which is 300,"
                + " because all workers share the target network, found 500")
        .contains(
            "reinforce.evaluation.frequency must be a multiple of reinforce.sync-frequency, which"
                + " is 300, found 1000");
    assertThatThrownBy(
            () -> load("reinforce.steps = 7000", "reinforce.evaluation.frequency = 2000"))
        .hasMessageContaining(
            "reinforce.steps must be a multiple of reinforce.evaluation.frequency, which is 2000,"
                + " found 7000");
  }

  @Test
  void epsilonFallsInEqualSteps() {
    Exploration exploration = new Exploration(0.2, 400);
    assertThat(exploration.epsilon(0)).isEqualTo(1);
    assertThat(exploration.epsilon(100)).isCloseTo(0.8, within(1e-12));
    assertThat(exploration.epsilon(399)).isCloseTo(0.202, within(1e-12));
    assertThat(exploration.epsilon(400)).isEqualTo(0.2);
    assertThat(exploration.epsilon(9_000_000_000L)).isEqualTo(0.2);
  }

  @Test
  void learningBeginsAfterTheFirstSteps() {
    LearningSettings learning = new LearningSettings(8, 80, 10, 4, 1, 0.9, 1);
    assertThat(learning.learnsAfter(8)).isFalse();
    assertThat(learning.learnsAfter(11)).isFalse();
    assertThat(learning.learnsAfter(12)).isTrue();
  }

  private static void require(int inputs, int units, Activation activation, Loss loss) {
    NetworkCheck.require(
        new NetworkSettings(
            List.of(inputs), List.of(new Dense(units, activation)), loss, new Optimizer.Sgd(0.1)),
        new CartPole());
  }

  @Test
  void networkMustFitTheEnvironment() {
    require(4, 2, Activation.LINEAR, Loss.MSE);
    require(4, 2, Activation.LINEAR, Loss.HUBER);
    assertThatThrownBy(() -> require(784, 10, Activation.SOFTMAX, Loss.MAE))
        .hasMessage(
            "network.input must be [4], the numbers of an observation, found [784]"
                + " (the environment cartpole)\n"
                + "the last layer of network.layers must have 2 units, one for each action, found"
                + " 10 (the environment cartpole)\n"
                + "the last layer of network.layers must have activation = linear, because its"
                + " outputs are returns, found softmax\n"
                + "network.loss must be huber or mse for the command play, found mae");
  }

  @Test
  void layersThatComputeOtherwiseInTrainingAreRefused() {
    List<Layer> layers =
        List.of(
            new Dense(8, Activation.LINEAR),
            new BatchNormalization(0.99, 0.001),
            new Dropout(0.5),
            new Dense(2, Activation.LINEAR));
    NetworkSettings network =
        new NetworkSettings(List.of(4), layers, Loss.MSE, new Optimizer.Sgd(0.1));
    assertThatThrownBy(() -> NetworkCheck.require(network, new CartPole()))
        .hasMessage(
            "network.layers has { batch-normalization = true, momentum = 0.99, epsilon = 0.001 },"
                + " which computes other values while it learns than while it plays; remove it for"
                + " the command play\n"
                + "network.layers has { dropout = 0.5 }, which computes other values while it"
                + " learns than while it plays; remove it for the command play");
  }
}
