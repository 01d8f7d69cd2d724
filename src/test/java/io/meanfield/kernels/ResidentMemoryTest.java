package io.meanfield.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ResidentMemoryTest {
  @Test
  void secondFieldOfStatmCountsPagesOfFourKibibytes() {
    assertThat(ResidentMemory.of("79345 4096 100 1 0 2 0\n")).isEqualTo(16 << 20);
  }

  @Test
  void memoryOfThisProcessIncludesItsHeap() {
    byte[] array = new byte[64 << 20];
    Arrays.fill(array, (byte) 1);
    assertThat(ResidentMemory.here()).isGreaterThan(array.length);
  }
}
