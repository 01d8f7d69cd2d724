package io.meanfield.reinforce;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.batch.TaskDevice;
import io.meanfield.engine.Learners;
import io.meanfield.learner.Learner;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.LearnerState;
import io.meanfield.reinforce.environment.Environment;
import io.meanfield.reinforce.environment.EpisodeSet;
import java.io.Serializable;

/**
 * Plays episodes of a set without exploration, side by side: one forward pass for a step of all.
 *
 * @param first number of the first episode, from 0
 * @param count number of episodes
 */
@DefaultSerializer(JavaSerializer.class)
record GreedyEpisodes(EpisodeSet set, int first, int count) implements Serializable {

  /** Returns the returns of the episodes. */
  double[] returns(
      Environment environment, RandomKeys keys, EngineNetwork network, LearnerState state) {
    return Learners.withLearner(
        network,
        TaskDevice.current(),
        learner -> {
          learner.restore(state);
          return returns(environment, keys, network, learner);
        });
  }

  // Episodes that have ended keep their rows, because the bits of an output may depend on the
  // number of rows.
  private double[] returns(
      Environment environment, RandomKeys keys, EngineNetwork network, Learner learner) {
    QFunction function = new QFunction(learner, network, count);
    double[][] states = new double[count][];
    boolean[] ended = new boolean[count];
    double[] returns = new double[count];
    for (int i = 0; i < count; i++) {
      states[i] = environment.start(keys.start(set, first + i));
    }
    int playing = count;
    for (int step = 0; playing > 0 && step < environment.maxSteps(); step++) {
      float[] values = values(environment, function, states);
      for (int i = 0; i < count; i++) {
        if (!ended[i]) {
          int action = QTargets.best(values, i * environment.actions(), environment.actions());
          Environment.Step result =
              environment.step(states[i], action, keys.step(set, first + i, step));
          states[i] = result.state();
          returns[i] += result.reward();
          ended[i] = result.terminated();
          playing -= ended[i] ? 1 : 0;
        }
      }
    }
    return returns;
  }

  private static float[] values(Environment environment, QFunction function, double[][] states) {
    float[] observations = function.observations(states.length);
    for (int i = 0; i < states.length; i++) {
      environment.observe(states[i], observations, i * environment.observationSize());
    }
    return function.values();
  }
}
