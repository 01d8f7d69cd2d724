package io.meanfield.engine.dl4j;

import io.meanfield.network.Optimizer;
import java.util.Arrays;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.updaters.AdamUpdater;
import org.nd4j.linalg.factory.Nd4j;

/**
 * An optimizer's step on flat vectors on the heap. The compiler turns each loop into vector
 * instructions, which is faster than ND4J's separate operations. The results are bit-identical to
 * ND4J's, so every expression keeps the order and the 32-bit precision of libnd4j.
 */
sealed interface UpdateRule {
  /**
   * Updates {@code weights} and {@code state} with the gradients of one minibatch.
   *
   * @param gradients summed over the examples, as long as the weights
   * @param state a vector as long as the weights for each of {@link Optimizer#statePerWeight}
   * @param examples number of examples in the minibatch, by which the gradients are divided
   * @param iteration number of minibatches before this one
   * @param rate learning rate of this step
   */
  void step(
      float[] weights,
      float[] gradients,
      float[][] state,
      int examples,
      int iteration,
      double rate);

  /** Returns the state of {@code optimizer} before the first step, for this number of weights. */
  static float[][] freshState(Optimizer optimizer, int weights) {
    float[][] state = new float[optimizer.statePerWeight()][weights];
    for (float[] vector : state) {
      Arrays.fill(vector, (float) optimizer.freshState());
    }
    return state;
  }

  /** Returns the update rule of an optimizer; empty for sgd with momentum and for AdamW. */
  static Optional<UpdateRule> of(Optimizer optimizer) {
    return optimizer.accept(new RuleOfOptimizer());
  }

  /** The update rule of each optimizer. */
  record RuleOfOptimizer() implements Optimizer.Visitor<Optional<UpdateRule>> {
    @Override
    public Optional<UpdateRule> sgd(Optimizer.Sgd sgd) {
      return sgd.momentum() == 0 ? Optional.of(new SgdStep()) : Optional.empty();
    }

    @Override
    public Optional<UpdateRule> rmsProp(Optimizer.RmsProp rms) {
      return Optional.of(new RmsPropStep((float) rms.rho(), (float) rms.epsilon()));
    }

    @Override
    public Optional<UpdateRule> adam(Optimizer.Adam adam) {
      return Optional.of(new AdamStep(adam.beta1(), adam.beta2(), adam.epsilon()));
    }

    @Override
    public Optional<UpdateRule> adamW(Optimizer.AdamW adam) {
      return Optional.empty();
    }
  }

  /** {@code w -= rate * g}, with {@code g} the mean gradient of the examples; without state. */
  record SgdStep() implements UpdateRule {
    @Override
    public void step(
        float[] weights,
        float[] gradients,
        float[][] state,
        int examples,
        int iteration,
        double rate) {
      float size = examples;
      float lr = (float) rate;
      for (int i = 0; i < weights.length; i++) {
        weights[i] -= gradients[i] / size * lr;
      }
    }
  }

  /** Tieleman and Hinton 2012, lecture 6.5; the state is the running mean of squared gradients. */
  record RmsPropStep(float decay, float epsilon) implements UpdateRule {
    @Override
    public void step(
        float[] weights,
        float[] gradients,
        float[][] state,
        int examples,
        int iteration,
        double rate) {
      float size = examples;
      float lr = (float) rate;
      float[] squares = state[0];
      for (int i = 0; i < weights.length; i++) {
        float g = gradients[i] / size;
        float mean = squares[i] * decay + g * g * (1 - decay);
        squares[i] = mean;
        weights[i] -= lr * g / ((float) Math.sqrt(mean) + epsilon);
      }
    }
  }

  /**
   * Kingma and Ba 2015, algorithm 1, in the form at the end of section 2, with epsilon outside the
   * bias correction; the state holds the first moments, then the second moments.
   */
  final class AdamStep implements UpdateRule {
    private static final float[] ONE = {1};
    private static final double NEGLIGIBLE = 1e-30; // 1 + 1e-30 is 1

    private final double beta1;
    private final double beta2;
    private final float epsilon;
    private final INDArray gradient = Nd4j.createFromArray(ONE);
    private final INDArray first = Nd4j.createFromArray(ONE);
    private final INDArray second = Nd4j.createFromArray(ONE);

    AdamStep(double beta1, double beta2, double epsilon) {
      this.beta1 = beta1;
      this.beta2 = beta2;
      this.epsilon = (float) epsilon;
    }

    @Override
    public void step(
        float[] weights,
        float[] gradients,
        float[][] state,
        int examples,
        int iteration,
        double rate) {
      float size = examples;
      float step = stepSize(iteration, rate);
      float decay1 = (float) beta1;
      float decay2 = (float) beta2;
      // Separate arrays: within one array the compiler would assume a dependence between the loops.
      float[] firstMoments = state[0];
      float[] secondMoments = state[1];
      for (int i = 0; i < weights.length; i++) {
        float g = gradients[i] / size;
        float m = decay1 * firstMoments[i] + g * (1 - decay1);
        float v = decay2 * secondMoments[i] + g * g * (1 - decay2);
        firstMoments[i] = m;
        secondMoments[i] = v;
        weights[i] -= m * step / ((float) Math.sqrt(v) + epsilon);
      }
    }

    /**
     * Returns the learning rate with both bias corrections. Java cannot reproduce the bits of
     * libnd4j's power function, so libnd4j computes the rate: with gradient and moments of 1, which
     * then stay 1, its update of a weight is the corrected rate.
     */
    private float stepSize(int iteration, double rate) {
      NativeFloats.write(ONE, 1, gradient);
      NativeFloats.write(ONE, 1, first);
      NativeFloats.write(ONE, 1, second);
      Nd4j.exec(
          new AdamUpdater(gradient, second, first, rate, beta1, beta2, NEGLIGIBLE, iteration));
      float step = gradient.getFloat(0);
      // If the corrected rate is 0, libnd4j takes epsilon in its place.
      return step == (float) NEGLIGIBLE ? epsilon : step;
    }
  }
}
