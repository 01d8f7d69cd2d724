package io.meanfield.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.network.Loss;
import org.junit.jupiter.api.Test;

class TemperaturesTest {
  // Ten examples with the probability 0.9 of which seven have the class: ln(9) / T = ln(7 / 3).
  private static final double BEST = Math.log(9) / Math.log(7.0 / 3);

  private static Score score(Temperatures temperatures, Loss loss, float[] outputs) {
    double[] factors = temperatures.factors();
    double[] sums = new double[factors.length];
    for (int example = 0; example < 10; example++) {
      float right = example < 7 ? 1 : 0;
      float[] targets = outputs.length == 1 ? new float[] {right} : new float[] {right, 1 - right};
      Temperatures.add(sums, factors, 1, loss, outputs, targets, 0, outputs.length);
    }
    return new Score(10, 10, 0, 0, 0, sums);
  }

  @Test
  void bestTemperatureMakesProbabilitiesTheSharesOfTheClasses() {
    Score sigmoid = score(Temperatures.FINE, Loss.BINARY_CROSSENTROPY, new float[] {0.9f});
    Score softmax =
        score(Temperatures.FINE, Loss.CATEGORICAL_CROSSENTROPY, new float[] {0.9f, 0.1f});
    assertThat(sigmoid.temperature(Temperatures.FINE)).isCloseTo(BEST, within(0.03));
    assertThat(softmax.temperature(Temperatures.FINE))
        .isEqualTo(sigmoid.temperature(Temperatures.FINE));
    double entropy = -0.7 * Math.log(0.7) - 0.3 * Math.log(0.3);
    assertThat(sigmoid.loss()).isCloseTo(entropy, within(1e-4));
    assertThat(softmax.loss()).isCloseTo(entropy, within(1e-4));
  }

  @Test
  void temperaturesContainOneSoThatTheBestIsNeverWorse() {
    for (Temperatures temperatures : new Temperatures[] {Temperatures.COARSE, Temperatures.FINE}) {
      assertThat(temperatures.factors()).contains(1.0, 4.0, 0.125);
      Score calibrated = score(temperatures, Loss.BINARY_CROSSENTROPY, new float[] {0.7f});
      assertThat(calibrated.temperature(temperatures)).isEqualTo(1);
    }
    Score none = score(Temperatures.ONE, Loss.BINARY_CROSSENTROPY, new float[] {0.9f});
    assertThat(none.temperature(Temperatures.ONE)).isEqualTo(1);
  }
}
