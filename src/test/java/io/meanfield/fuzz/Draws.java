package io.meanfield.fuzz;

import io.meanfield.random.SplitMix64;
import java.util.List;

/** The random numbers of one case, a function of its format and its seed. */
final class Draws {
  private final long start;
  private long drawn;

  /**
   * Creates the numbers of a case.
   *
   * @param stream the name of the format
   */
  Draws(String stream, int seed) {
    this.start = SplitMix64.mix(SplitMix64.mix(stream.hashCode()) + seed);
  }

  private long next() {
    return SplitMix64.mix(start + drawn++ * SplitMix64.GOLDEN_GAMMA);
  }

  /** Returns a number from 0 to {@code bound} (exclusive); 0 if {@code bound} is below 1. */
  int below(int bound) {
    return bound < 1 ? 0 : (int) Long.remainderUnsigned(next(), bound);
  }

  <T> T one(List<T> choices) {
    return choices.get(below(choices.size()));
  }

  byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) next();
    }
    return bytes;
  }
}
