package io.meanfield.reinforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.network.LearnerState;
import io.meanfield.network.Loss;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Optimizer;
import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.Dense;
import io.meanfield.reinforce.environment.CartPole;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Plays with a network of one layer whose weights are a controller that is written by hand. */
class ReplayTest {
  private static final NetworkSettings NETWORK =
      new NetworkSettings(
          List.of(4), List.of(new Dense(2, Activation.LINEAR)), Loss.MSE, new Optimizer.Sgd(0.1));

  // Values the push to the right by 0.05 x + 0.2 v + 3 angle + turn: it follows the pole.
  private static Model controller() {
    float[] weights = new float[10];
    float[] right = {0.05f, 0.2f, 3, 1};
    System.arraycopy(right, 0, weights, 4, 4);
    return Model.untrained(NETWORK, 1).with(LearnerState.fresh(weights));
  }

  @Test
  void goodControllerBalancesForAllSteps() {
    Replay replay = Replay.of(controller(), new CartPole(), 7, 0);
    assertThat(replay.rewards()).isEqualTo(500);
    assertThat(replay.states()).hasSize(501);
    assertThat(replay.lines(100)).hasSize(7).last().isEqualTo("return   500 in 500 steps");
    assertThat(replay.lines(100).get(1)).startsWith("step  100  [").endsWith(" degrees");
  }

  @Test
  void zeroWeightsPushToTheLeftUntilThePoleFalls() {
    Model zero = controller().with(LearnerState.fresh(new float[10]));
    Replay replay = Replay.of(zero, new CartPole(), 7, 0);
    assertThat(replay.rewards()).isBetween(8.0, 11.0);
    assertThat(Replay.of(zero, new CartPole(), 7, 0).rewards()).isEqualTo(replay.rewards());
    double[] last = replay.states().get(replay.states().size() - 1);
    assertThat(last[2]).isGreaterThan(CartPole.ANGLE_LIMIT);
  }

  // The episode has 8 to 11 steps, so its last state is no multiple of 7.
  @Test
  void lastStateIsShownIfTheEpisodeEndsInBetween() {
    Replay replay =
        Replay.of(controller().with(LearnerState.fresh(new float[10])), new CartPole(), 7, 0);
    int steps = (int) replay.rewards();
    double[] last = replay.states().get(steps);
    assertThat(replay.lines(7)).hasSize(4);
    assertThat(replay.lines(7).get(2))
        .isEqualTo(String.format("step %4d  %s", steps, new CartPole().text(last)));
    assertThat(replay.lines(steps)).hasSize(3); // the last state once
  }
}
