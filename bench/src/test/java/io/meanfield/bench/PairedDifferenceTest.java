package io.meanfield.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PairedDifferenceTest {
  private static final List<Double> BASELINE = List.of(0.01, 0.02, 0.03);

  /** Differences 1, 3 and 5 points: a deviation of 2, and Student's t of 2 degrees is 4.3027. */
  @Test
  void intervalIsStudents() {
    assertThat(PairedDifference.of(List.of(0.02, 0.05, 0.08), BASELINE))
        .hasToString("+3.00 ± 4.97"); // 4.3027 * 2 / sqrt(3)
  }

  @Test
  void equalPairsDifferByNothing() {
    assertThat(PairedDifference.of(BASELINE, BASELINE)).hasToString("+0.00 ± 0.00");
  }

  @Test
  void onePairHasNoInterval() {
    assertThat(PairedDifference.of(List.of(0.01), List.of(0.03))).hasToString("-2.00");
  }
}
