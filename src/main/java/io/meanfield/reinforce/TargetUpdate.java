package io.meanfield.reinforce;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.network.IndexRange;
import io.meanfield.settings.Section;
import io.meanfield.train.averaging.ExponentialAverage;
import java.io.Serializable;
import java.util.List;

/**
 * How the target network follows the average of the workers. All workers have the same target
 * network.
 *
 * @param frequency steps of a worker between two updates, a multiple of the steps of a round
 * @param tau the share of the new weights: 1 copies them (Mnih et al. 2015), less moves the target
 *     network towards them (Polyak averaging, Lillicrap et al. 2016, algorithm 1)
 */
@DefaultSerializer(JavaSerializer.class)
record TargetUpdate(int frequency, double tau) implements Serializable {
  static TargetUpdate read(Section section, int syncInterval) {
    int frequency = section.integer("target-update", 1);
    if (frequency % syncInterval != 0) {
      section.invalid(
          "target-update",
          "a multiple of reinforce.sync-frequency, which is "
              + syncInterval
              + ", because all workers share the target network");
    }
    return new TargetUpdate(
        frequency, section.number("tau", t -> t > 0 && t <= 1, "above 0 and at most 1", 1));
  }

  /**
   * Returns the weights of the target network after a round.
   *
   * @param before the weights in the round
   * @param averaged the weights after the average of the round
   * @param steps steps of each worker so far
   * @param logDeviations ranges of weights that are decimal logarithms of standard deviations
   */
  float[] after(float[] before, float[] averaged, long steps, List<IndexRange> logDeviations) {
    if (steps % frequency != 0) {
      return before;
    }
    return tau == 1 ? averaged : ExponentialAverage.next(before, averaged, tau, logDeviations);
  }
}
