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
  /** Returns how many numbers of state it keeps for each weight. */
  int statePerWeight();

  /** Returns the initial value of every number of the optimizer's state. */
  default float fresh() {
    return 0;
  }

  /**
   * Updates {@code weights} and {@code state} with the gradients of one minibatch.
   *
   * @param gradients summed over the examples
   * @param state a vector as long as the weights for each of {@link #statePerWeight()}
   * @param examples in the minibatch
   * @param iteration minibatches before this one
   */
  void step(
      float[] weights,
      float[] gradients,
      float[][] state,
      int examples,
      int iteration,
      double rate);

  /** Returns the initial optimizer state for this number of weights. */
  default float[][] freshState(int weights) {
    float[][] state = new float[statePerWeight()][weights];
    for (float[] vector : state) {
      Arrays.fill(vector, fresh());
    }
    return state;
  }

  /** Returns the update rule of an optimizer; empty if this class has none for it. */
  static Optional<UpdateRule> of(Optimizer optimizer) {
    return optimizer.accept(new Rules());
  }

  /** The update rule of each optimizer. */
  record Rules() implements Optimizer.Visitor<Optional<UpdateRule>> {
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

  /** {@code w -= rate * g}. */
  record SgdStep() implements UpdateRule {
    @Override
    public int statePerWeight() {
      return 0;
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
      float lr = (float) rate;
      for (int i = 0; i < weights.length; i++) {
        weights[i] -= gradients[i] / size * lr;
      }
    }
  }

  /** Tieleman and Hinton 2012, lecture 6.5; the state is the mean of squares. */
  record RmsPropStep(float decay, float epsilon) implements UpdateRule {
    @Override
    public int statePerWeight() {
      return 1;
    }

    @Override
    public float fresh() {
      return epsilon;
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

  /** Kingma and Ba 2015, section 2; the state holds the first moments, then the second moments. */
  final class AdamStep implements UpdateRule {
    private static final float[] ONE = {1};
    private static final double NO_EPSILON = 1e-30; // 1 + this is 1

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
    public int statePerWeight() {
      return 2;
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
      float keep1 = (float) beta1;
      float keep2 = (float) beta2;
      // Separate arrays: within one array the compiler would assume a dependence between the loops.
      float[] firsts = state[0];
      float[] seconds = state[1];
      for (int i = 0; i < weights.length; i++) {
        float g = gradients[i] / size;
        float m = keep1 * firsts[i] + g * (1 - keep1);
        float v = keep2 * seconds[i] + g * g * (1 - keep2);
        firsts[i] = m;
        seconds[i] = v;
        weights[i] -= m * step / ((float) Math.sqrt(v) + epsilon);
      }
    }

    // The rate with both bias corrections. Java cannot reproduce the bits of libnd4j's power
    // function, so libnd4j computes the rate: with gradient and moments of 1, which then stay 1,
    // its update of a weight is the corrected rate.
    private float stepSize(int iteration, double rate) {
      NativeFloats.write(ONE, 1, gradient);
      NativeFloats.write(ONE, 1, first);
      NativeFloats.write(ONE, 1, second);
      Nd4j.exec(
          new AdamUpdater(gradient, second, first, rate, beta1, beta2, NO_EPSILON, iteration));
      float step = gradient.getFloat(0);
      return step == (float) NO_EPSILON ? epsilon : step;
    }
  }
}
