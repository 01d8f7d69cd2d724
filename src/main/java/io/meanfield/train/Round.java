package io.meanfield.train;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The steps between two averages of all groups: minibatches {@code firstStep} to {@code endStep}
 * (exclusive) of an epoch, for every worker.
 *
 * @param epoch from 1
 * @param number from 1, through all epochs
 */
@DefaultSerializer(JavaSerializer.class)
public record Round(int epoch, int number, int firstStep, int endStep) implements Serializable {

  /** Returns the number of minibatches of the worker that has most. */
  int steps() {
    return endStep - firstStep;
  }

  /**
   * Returns the parts of this round between two averages inside a group. If the round is not longer
   * than {@code averagingFrequency}, it is one part, because all workers average at its end.
   */
  List<Round> parts(int averagingFrequency) {
    int size = Math.min(averagingFrequency, steps());
    List<Round> parts = new ArrayList<>();
    for (int first = firstStep; first < endStep; first += size) {
      parts.add(new Round(epoch, number, first, Math.min(first + size, endStep)));
    }
    return parts;
  }
}
