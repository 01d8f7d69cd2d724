package io.meanfield.reinforce;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.settings.Section;
import java.io.Serializable;
import java.util.OptionalDouble;

/**
 * The settings of the evaluations, in which the network plays without exploration.
 *
 * @param frequency steps of a worker between two evaluations, a multiple of the steps of a round
 * @param episodes number of episodes of an evaluation
 * @param stopAt the mean return with which training ends, or NaN to play all steps
 */
@DefaultSerializer(JavaSerializer.class)
record EvaluationSettings(int frequency, int episodes, double stopAt) implements Serializable {
  static EvaluationSettings read(Section evaluation, int syncInterval) {
    int frequency = evaluation.integer("frequency", 1);
    if (frequency % syncInterval != 0) {
      evaluation.invalid(
          "frequency", "a multiple of reinforce.sync-frequency, which is " + syncInterval);
      frequency = syncInterval;
    }
    OptionalDouble stopAt =
        evaluation.numberOr("none", "stop-at", Double::isFinite, "a number, or none");
    return new EvaluationSettings(
        frequency, evaluation.integer("episodes", 1), stopAt.orElse(Double.NaN));
  }

  /** Returns whether training ends with this mean return. */
  boolean isReached(double meanReturn) {
    return meanReturn >= stopAt;
  }
}
