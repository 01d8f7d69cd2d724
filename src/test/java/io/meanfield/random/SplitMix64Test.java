package io.meanfield.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SplitMix64Test {
  @Test
  void numbersEqualThoseOfSplittableRandom() {
    SplittableRandom java = new SplittableRandom(42);
    assertThat(LongStream.rangeClosed(1, 100).map(i -> at(42, i)))
        .allMatch(n -> n == java.nextLong());
  }

  private static long at(long seed, long i) {
    return SplitMix64.mix(seed + i * SplitMix64.GOLDEN_GAMMA);
  }

  @Test
  void uniformNumbersAreTheUpper53Bits() {
    assertThat(SplitMix64.uniform(0)).isZero();
    assertThat(SplitMix64.uniform(7)).isEqualTo((SplitMix64.mix(7) >>> 11) / (double) (1L << 53));
  }
}
