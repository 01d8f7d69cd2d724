package io.meanfield.train;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.settings.Section;
import java.util.OptionalDouble;
import java.util.function.DoubleSupplier;

/** The number of minibatches between two averages: H in local SGD (Stich 2019, algorithm 1). */
public sealed interface AveragingInterval extends SyncInterval {
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
            "an interval must be at least 1 minibatch, found " + minibatches);
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

  /** Reads a number of minibatches, or {@code epoch}. */
  static AveragingInterval read(Section section, String key) {
    return read(section, key, "");
  }

  /**
   * Reads a number of minibatches, or {@code epoch}.
   *
   * @param alternative the text after "or epoch" in the message, such as ", or an object with qsr";
   *     empty for none
   */
  static AveragingInterval read(Section section, String key, String alternative) {
    OptionalDouble minibatches =
        section.numberOr(
            "epoch",
            key,
            count -> count >= 1 && count == Math.rint(count) && count <= Integer.MAX_VALUE,
            "a whole number of at least 1, or epoch" + alternative);
    return minibatches.isPresent()
        ? new EveryNBatches((int) minibatches.getAsDouble())
        : new EveryEpoch();
  }
}
