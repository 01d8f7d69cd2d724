package io.meanfield.engine.dl4j;

import io.meanfield.network.Optimizer;
import java.util.Arrays;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.updaters.AdamUpdater;
import org.nd4j.linalg.factory.Nd4j;

/**
 * An optimizer's step on flat vectors on the heap, where the compiler turns one loop into vector
 * instructions, as ND4J's operations are not, with their bits. So every expression here keeps the
 * order, and the 32 bits, of libnd4j's.
 */
sealed interface UpdateRule {
  /** Numbers of state for each weight. */
  int statePerWeight();

  /** What every number of a fresh optimizer's state is. */
  default float fresh() {
    return 0;
  }

  /**
   * Moves {@code weights} and {@code state} by one minibatch.
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

  /** A fresh optimizer's state for so many weights. */
  default float[][] freshState(int weights) {
    float[][] state = new float[statePerWeight()][weights];
    for (float[] vector : state) {
      Arrays.fill(vector, fresh());
    }
    return state;
  }

  /** Returns the step of an optimizer; empty if there is none here. */
  static Optional<UpdateRule> of(Optimizer optimizer) {
    return optimizer.accept(new Rules());
  }

  /** The step of each optimizer. */
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

  /** Kingma and Ba 2015, section 2; the state is the first moments and the second ones. */
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
      // Vectors of their own: in one, the compiler would see a dependence.
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

    // The rate with both bias corrections, for whose powers libnd4j uses functions that Java does
    // not have. So it is asked: where gradient and moments are 1 they stay 1, and what it would
    // take off the weight is this.
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
