package io.meanfield.train;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.settings.Section;
import java.util.OptionalInt;
import java.util.function.DoubleSupplier;

/** The number of minibatches between two averages: H in local SGD (Stich 2019, algorithm 1). */
public sealed interface AveragingInterval extends SyncFrequency {
  /**
   * Returns the number of minibatches of a worker between two averages, at most {@code steps}.
   *
   * @param steps minibatches after which an average is taken in any case, at least 1
   */
  int cappedAt(int steps);

  @Override
  default int minibatches(DoubleSupplier learningRate, int most) {
    return cappedAt(most);
  }

  /**
   * An average after every {@code minibatches} minibatches of a worker.
   *
   * @param minibatches at least 1
   */
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

  /** An average at the end of every epoch. */
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
