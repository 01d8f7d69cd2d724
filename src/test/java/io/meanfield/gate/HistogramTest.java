package io.meanfield.gate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HistogramTest {
  @Test
  void upperEdgeBelongsToItsBin() {
    double[] edges = {1, 2};
    assertThat(Histogram.bin(edges, 0.5)).isZero();
    assertThat(Histogram.bin(edges, 1)).isZero();
    assertThat(Histogram.bin(edges, 1.5)).isEqualTo(1);
    assertThat(Histogram.bin(edges, 2)).isEqualTo(1);
    assertThat(Histogram.bin(edges, 3)).isEqualTo(2);
  }
}
