package io.meanfield.reinforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.learner.Learner;
import io.meanfield.learner.Minibatch;
import io.meanfield.learner.StepResult;
import io.meanfield.network.Engine;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Loss;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Optimizer;
import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.Dense;
import io.meanfield.reinforce.environment.Environment;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests the targets of Q-learning, plain and double, against calculations by hand. */
class QTargetsTest {
  private static final EngineNetwork NETWORK =
      new EngineNetwork(
          new NetworkSettings(
              List.of(1),
              List.of(new Dense(2, Activation.LINEAR)),
              Loss.MSE,
              new Optimizer.Sgd(0.1)),
          Engine.DL4J);

  /** Values observations as {@code factor * observation} for each action, and keeps its targets. */
  private static final class LinearValues implements Learner {
    private final float[] factors;
    private float[] targets = {};

    LinearValues(float... factors) {
      this.factors = factors;
    }

    @Override
    public void predict(Minibatch batch, float[] outputs) {
      for (int row = 0; row < batch.size(); row++) {
        for (int action = 0; action < 2; action++) {
          outputs[2 * row + action] = factors[action] * batch.features()[row];
        }
      }
    }

    @Override
    public StepResult fit(Minibatch batch) {
      targets = batch.targets().clone();
      return StepResult.NONE;
    }

    @Override
    public void restore(LearnerState state) {
      throw new IllegalStateException("a step restores nothing");
    }

    @Override
    public LearnerState state() {
      throw new IllegalStateException("a step reads no state");
    }
  }

  /** Returns the targets of a step on one transition: observation 2, action 1, reward 5, next 3. */
  private static float[] targets(boolean terminated) {
    // By the online network the next action 0 is better, by the target network action 1.
    LinearValues online = new LinearValues(4, 3);
    LinearValues target = new LinearValues(10, 20);
    ReplayBuffer memory = new ReplayBuffer(ReplayMemory.empty(10, 1), 10, 1);
    memory.add(
        new float[] {2}, 1, new Environment.Step(new double[0], 5, terminated), new float[] {3});
    new QLearner(new LearningSettings(1, 10, 0, 1, 1, 0.9, 1), NETWORK, online, target)
        .step(memory, 77);
    return online.targets;
  }

  @Test
  void doubleTargetIsTheTargetNetworksValueOfTheOnlineNetworksAction() {
    // Action 0 was not taken: its target is its own value, 4 * 2. Else 5 + 0.9 * 10 * 3.
    assertThat(targets(false)).containsExactly(8, 32);
  }

  @Test
  void targetOfTheLastStepOfAnEpisodeIsItsReward() {
    assertThat(targets(true)).containsExactly(8, 5);
  }

  @Test
  void terminatedEpisodesIgnoreEvenInfiniteValues() {
    assertThat(QTargets.of(5, 0, Float.POSITIVE_INFINITY)).isEqualTo(5);
  }

  @Test
  void firstOfEqualValuesIsTheBestAction() {
    assertThat(QTargets.best(new float[] {9, 1, 3, 3}, 1, 3)).isEqualTo(1);
    assertThat(QTargets.best(new float[] {9, 1, 3, 4}, 1, 3)).isEqualTo(2);
  }
}
