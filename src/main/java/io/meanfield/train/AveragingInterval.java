package io.meanfield.train;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.settings.Section;
import java.io.Serializable;
import java.util.OptionalInt;

/** How often averages are taken: the H of local SGD (Stich 2019, algorithm 1). */
public sealed interface AveragingInterval extends Serializable {
  /**
   * Minibatches of a worker from one average to the next, at most {@code steps}.
   *
   * @param steps minibatches after which an average is taken anyway, at least 1
   */
  int cappedAt(int steps);

  /** After every so many minibatches of a worker, at least 1. */
  @DefaultSerializer(JavaSerializer.class)
  record EveryNBatches(int minibatches) implements AveragingInterval {
    public EveryNBatches {
      if (minibatches < 1) {
        throw new IllegalArgumentException(
            "a frequency must be at least 1 minibatch, found " + minibatches);
      }
    }

    @Override
    public int cappedAt(int steps) {
      return Math.min(minibatches, steps);
    }
  }

  /** At the end of every epoch. */
  @DefaultSerializer(JavaSerializer.class)
  record EveryEpoch() implements AveragingInterval {
    @Override
    public int cappedAt(int steps) {
      return steps;
    }
  }

  static AveragingInterval read(Section section, String key) {
    OptionalInt minibatches = section.integerOr("epoch", key, 1);
    return minibatches.isPresent() ? new EveryNBatches(minibatches.getAsInt()) : new EveryEpoch();
  }
}
