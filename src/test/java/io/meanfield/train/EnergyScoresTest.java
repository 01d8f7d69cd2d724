package io.meanfield.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.learner.EnergyResult;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnergyScoresTest {
  @Test
  void meansOfFiniteSumsAreKnown() {
    EnergyScores scores = EnergyScores.of(new EnergyResult(4, -8, 2, -6), EnergyResult.NONE);
    assertThat(scores.byColumn())
        .isEqualTo(
            Map.of("free_energy", -2.0, "reconstruction_error", 0.5, "pseudo_likelihood", -1.5));
  }

  @Test
  void sumsThatAreNotFiniteAreUnknown() {
    EnergyResult training =
        new EnergyResult(4, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, Double.NaN);
    EnergyScores scores = EnergyScores.of(training, new EnergyResult(2, 6, Double.NaN, -4));
    assertThat(scores.byColumn())
        .isEqualTo(Map.of("validation_free_energy", 3.0, "validation_pseudo_likelihood", -2.0));
  }
}
