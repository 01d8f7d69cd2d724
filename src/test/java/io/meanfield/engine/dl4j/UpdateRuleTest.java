package io.meanfield.engine.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.network.Optimizer;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;

/** The update rules on the heap compute the same bits as ND4J's updaters. */
class UpdateRuleTest {
  private static final int WEIGHTS = 19; // not a multiple of the width of a vector register

  private final Random random = new Random(5);

  private float[] randomNumbers(double scale) {
    float[] numbers = new float[WEIGHTS];
    for (int i = 0; i < WEIGHTS; i++) {
      numbers[i] = (float) (scale * random.nextGaussian());
    }
    return numbers;
  }

  /**
   * Makes the same steps with Meanfield's rule and with ND4J's updater.
   *
   * @param stride difference between the iterations of consecutive steps
   */
  private void assertSameBits(
      Optimizer optimizer, IUpdater config, double rate, int steps, int stride) {
    UpdateRule rule = UpdateRule.of(optimizer).orElseThrow();
    float[][] state = UpdateRule.freshState(optimizer, WEIGHTS);
    INDArray expectedState = state.length == 0 ? null : Nd4j.create(1, state.length * WEIGHTS);
    GradientUpdater<?> reference = config.instantiate(expectedState, expectedState != null);
    config.setLrAndSchedule(rate, null);
    for (int step = 0; step < steps; step++) {
      int iteration = step * stride;
      int examples = 1 + step % 130;
      float[] gradients = randomNumbers(step % 7 == 0 ? 1e-6 : 20);
      float[] weights = new float[WEIGHTS]; // 0, so that subtracting the step rounds no bit of it
      rule.step(weights, gradients, state, examples, iteration, rate);
      INDArray gradient = Nd4j.createFromArray(gradients).reshape(1, WEIGHTS).divi(examples);
      reference.applyUpdater(gradient, iteration, 0);
      float[] expected = Nd4j.zeros(1, WEIGHTS).subi(gradient).toFloatVector();
      assertThat(Arrays.mismatch(weights, expected)).as("step " + step).isEqualTo(-1);
    }
    for (int i = 0; i < state.length; i++) {
      float[] expected =
          Arrays.copyOfRange(expectedState.toFloatVector(), i * WEIGHTS, (i + 1) * WEIGHTS);
      assertThat(Arrays.mismatch(state[i], expected)).isEqualTo(-1);
    }
  }

  @Example
  void adamsBiasCorrectionHasTheBitsOfNd4jUntilItIsOne() {
    // 0.999 to the power of 18,000 is 1.5e-8: subtracted from 1 in 32 bits, it leaves 1.
    assertSameBits(
        new Optimizer.Adam(0.001, 0.9, 0.999, 1e-7),
        new Adam(0.001, 0.9, 0.999, 1e-7),
        0.001,
        18_000,
        1);
  }

  @Property(tries = 60)
  void adamHasTheBitsOfNd4j(
      @ForAll @Scale(6) @DoubleRange(min = 0, max = 0.99) double beta1,
      @ForAll @Scale(6) @DoubleRange(min = 0.5, max = 0.9999) double beta2,
      @ForAll @Scale(6) @DoubleRange(min = 1e-5, max = 0.5) double rate,
      @ForAll @IntRange(min = 1, max = 997) int stride) {
    assertSameBits(
        new Optimizer.Adam(rate, beta1, beta2, 1e-8),
        new Adam(rate, beta1, beta2, 1e-8),
        rate,
        50,
        stride);
  }

  @Property(tries = 60)
  void rmsPropHasTheBitsOfNd4j(
      @ForAll @Scale(6) @DoubleRange(min = 0, max = 0.9999) double rho,
      @ForAll @Scale(6) @DoubleRange(min = 1e-5, max = 0.5) double rate) {
    assertSameBits(
        new Optimizer.RmsProp(rate, rho, 1e-7), new RmsProp(rate, rho, 1e-7), rate, 50, 1);
  }

  @Property(tries = 20)
  void sgdHasTheBitsOfNd4j(@ForAll @Scale(6) @DoubleRange(min = 1e-5, max = 2) double rate) {
    assertSameBits(new Optimizer.Sgd(rate), new Sgd(rate), rate, 50, 1);
  }

  @Example
  void momentumAndWeightDecayHaveNoUpdateRule() {
    assertThat(UpdateRule.of(new Optimizer.Sgd(0.1, 0.9, true))).isEmpty();
    assertThat(UpdateRule.of(new Optimizer.AdamW(0.001, 0.9, 0.999, 1e-7, 0.01))).isEmpty();
  }
}
