package io.meanfield.reinforce;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.settings.Section;
import java.io.Serializable;

/**
 * The settings of deep Q-learning in a worker.
 *
 * @param batchSize transitions in a minibatch
 * @param bufferSize transitions in a worker's replay memory
 * @param learningStarts steps of a worker before its first gradient step
 * @param trainFrequency steps of a worker between two times of learning
 * @param gradientSteps gradient steps at a time
 * @param gamma the discount of later rewards
 * @param isDouble whether the online network chooses the action that the target network values
 * @param target how the target network follows the average of the workers
 */
@DefaultSerializer(JavaSerializer.class)
record LearningSettings(
    int batchSize,
    int bufferSize,
    int learningStarts,
    int trainFrequency,
    int gradientSteps,
    double gamma,
    boolean isDouble,
    TargetUpdate target)
    implements Serializable {

  static LearningSettings read(Section section, int syncInterval) {
    int batchSize = section.integer("batch-size", 1);
    int bufferSize = section.integer("buffer-size", 1);
    if (bufferSize < batchSize) {
      section.invalid("buffer-size", "at least reinforce.batch-size, which is " + batchSize);
    }
    return new LearningSettings(
        batchSize,
        bufferSize,
        section.integer("learning-starts", 0),
        section.integer("train-frequency", 1),
        section.integer("gradient-steps", 1),
        section.number("gamma", g -> g >= 0 && g <= 1, "a number from 0 to 1", 0),
        section.optionalBoolean("double"),
        TargetUpdate.read(section, syncInterval));
  }

  /** Returns whether a worker learns after a number of steps. */
  boolean learnsAfter(long steps) {
    return steps > learningStarts && steps % trainFrequency == 0;
  }
}
