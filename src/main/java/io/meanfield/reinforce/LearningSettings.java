package io.meanfield.reinforce;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.settings.Section;
import java.io.Serializable;
import java.util.Locale;

/**
 * The settings of deep Q-learning in a worker.
 *
 * @param batchSize transitions in a minibatch
 * @param bufferSize transitions in a worker's replay memory
 * @param learningStarts steps of a worker before its first gradient step
 * @param trainFrequency steps of a worker between two times of learning
 * @param gradientSteps gradient steps at a time
 * @param gamma the discount of later rewards
 * @param targetUpdate steps of a worker between two copies of the workers' average to the target
 *     network (Mnih et al. 2015), a multiple of the steps of a round
 */
@DefaultSerializer(JavaSerializer.class)
record LearningSettings(
    int batchSize,
    int bufferSize,
    int learningStarts,
    int trainFrequency,
    int gradientSteps,
    double gamma,
    int targetUpdate)
    implements Serializable {

  static LearningSettings read(Section section, int syncInterval) {
    int batchSize = section.integer("batch-size", 1);
    int bufferSize = section.integer("buffer-size", 1);
    if (bufferSize < batchSize) {
      section.invalid("buffer-size", "at least reinforce.batch-size, which is " + batchSize);
    }
    int targetUpdate = section.integer("target-update", 1);
    if (targetUpdate % syncInterval != 0) {
      section.invalid(
          "target-update",
          String.format(
              Locale.ROOT,
              "a multiple of reinforce.sync-frequency, which is %s, because all workers share the"
                  + " target network",
              syncInterval));
    }
    return new LearningSettings(
        batchSize,
        bufferSize,
        section.integer("learning-starts", 0),
        section.integer("train-frequency", 1),
        section.integer("gradient-steps", 1),
        section.number("gamma", g -> g >= 0 && g <= 1, "a number from 0 to 1", 0),
        targetUpdate);
  }

  /** Returns whether a worker learns after a number of steps. */
  boolean learnsAfter(long steps) {
    return steps > learningStarts && steps % trainFrequency == 0;
  }
}
