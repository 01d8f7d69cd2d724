package io.meanfield.train;

import io.meanfield.settings.Section;
import java.io.Serializable;
import java.util.OptionalInt;

/** How often averages are taken: the H of local SGD (Stich 2019, algorithm 1). */
public sealed interface Frequency extends Serializable {
  /**
   * Minibatches of a worker from one average to the next, at most {@code steps}.
   *
   * @param steps minibatches after which an average is taken anyway, at least 1
   */
  int within(int steps);

  /** After every so many minibatches of a worker, at least 1. */
  record Every(int minibatches) implements Frequency {
    public Every {
      if (minibatches < 1) {
        throw new IllegalArgumentException(
            "a frequency must be at least 1 minibatch, found " + minibatches);
      }
    }

    @Override
    public int within(int steps) {
      return Math.min(minibatches, steps);
    }
  }

  /** At the end of every epoch. */
  record OnceAnEpoch() implements Frequency {
    @Override
    public int within(int steps) {
      return steps;
    }
  }

  static Frequency read(Section section, String key) {
    OptionalInt minibatches = section.integerOr("epoch", key, 1);
    return minibatches.isPresent() ? new Every(minibatches.getAsInt()) : new OnceAnEpoch();
  }
}
