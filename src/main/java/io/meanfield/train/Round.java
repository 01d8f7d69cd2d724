package io.meanfield.train;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What lies between two averages of all groups: every worker's minibatches {@code firstStep} to
 * {@code endStep} (exclusive) of an epoch.
 *
 * @param epoch from 1
 * @param number from 1, through all epochs
 */
@DefaultSerializer(JavaSerializer.class)
public record Round(int epoch, int number, int firstStep, int endStep) implements Serializable {

  /**
   * The parts of this round between two averages inside a group. Where groups average more often
   * than that, the round is one part: its end is an average of all workers.
   */
  List<Round> parts(AveragingInterval averagingFrequency) {
    int each = averagingFrequency.cappedAt(endStep - firstStep);
    List<Round> parts = new ArrayList<>();
    for (int first = firstStep; first < endStep; first += each) {
      parts.add(new Round(epoch, number, first, Math.min(first + each, endStep)));
    }
    return parts;
  }
}
