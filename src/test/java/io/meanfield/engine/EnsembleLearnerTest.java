package io.meanfield.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.learner.Device;
import io.meanfield.learner.Learner;
import io.meanfield.learner.Minibatch;
import io.meanfield.network.Engine;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Loss;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Optimizer;
import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.Dense;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EnsembleLearnerTest {
  private static final int MEMBERS = 3;
  private static final NetworkSettings MEMBER =
      new NetworkSettings(
          List.of(4),
          List.of(new Dense(5, Activation.RELU), new Dense(2, Activation.LINEAR)),
          Loss.MSE,
          new Optimizer.Adam(0.01, 0.9, 0.999, 1e-7));

  private record Result(LearnerState state, float[] outputs) {}

  private static Result trained(EngineNetwork network, LearnerState start) {
    return Learners.withLearner(network, Device.CPU, learner -> trained(learner, start));
  }

  private static Result trained(Learner learner, LearnerState start) {
    Minibatch batch = new Minibatch(6, 4, 2);
    batch.reset(6, 1);
    Random random = new Random(3);
    for (float[] numbers : List.of(batch.features(), batch.targets())) {
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = (float) random.nextGaussian();
      }
    }
    learner.restore(start);
    learner.fit(batch);
    learner.fit(batch);
    float[] outputs = new float[12];
    learner.predict(batch, outputs);
    return new Result(learner.state(), outputs);
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void membersLearnAsAloneAndPredictTheirMean(Engine engine) {
    EngineNetwork ensemble = new EngineNetwork(MEMBER.withMembers(MEMBERS), engine);
    LearnerState start = Model.untrained(ensemble.settings(), 5).state();
    Result found = trained(ensemble, start);
    List<LearnerState> states = new ArrayList<>();
    double[] sums = new double[12];
    for (int i = 0; i < MEMBERS; i++) {
      Result alone = trained(ensemble.member(), start.member(i, MEMBERS));
      states.add(alone.state());
      for (int k = 0; k < sums.length; k++) {
        sums[k] += alone.outputs()[k];
      }
    }
    assertThat(states.stream().map(LearnerState::weightsSha256).distinct()).hasSize(MEMBERS);
    LearnerState expected = LearnerState.ofMembers(states);
    assertThat(found.state().weights()).containsExactly(expected.weights());
    assertThat(found.state().optimizerState()).containsExactly(expected.optimizerState());
    assertThat(found.state().iteration()).isEqualTo(2);
    float[] means = new float[12];
    Arrays.setAll(sums, k -> sums[k] / MEMBERS);
    for (int k = 0; k < means.length; k++) {
      means[k] = (float) sums[k];
    }
    assertThat(found.outputs()).containsExactly(means);
  }
}
