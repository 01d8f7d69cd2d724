package io.meanfield.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.learner.Device;
import io.meanfield.learner.DropoutMask;
import io.meanfield.learner.Minibatch;
import io.meanfield.learner.StepResult;
import io.meanfield.network.Engine;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Loss;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Optimizer;
import io.meanfield.network.ParameterLayout;
import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.Autoencoder;
import io.meanfield.network.layers.Dense;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.stat.correlation.Covariance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Compares the step of a denoising autoencoder on both engines with the published formula. */
class AutoencoderTest {
  private static final int INPUTS = 5;
  private static final int UNITS = 3;
  private static final int EXAMPLES = 4;

  private static NetworkSettings network(
      Activation activation, double corruption, Optimizer optimizer) {
    return new NetworkSettings(
        List.of(INPUTS),
        List.of(new Autoencoder(UNITS, activation, corruption), new Dense(2, Activation.SOFTMAX)),
        Loss.CATEGORICAL_CROSSENTROPY,
        optimizer);
  }

  /**
   * Returns the loss of Vincent et al. 2008, sections 2.2 and 2.3, as the mean over examples and
   * inputs, in double precision.
   *
   * @param weights W [inputs, units] in 'f' order, the biases of the units, those of the inputs
   * @param mask the factors by which the inputs are multiplied before the layer
   */
  private static double loss(Activation activation, double[] weights, float[] x, float[] mask) {
    double sum = 0;
    for (int row = 0; row < EXAMPLES; row++) {
      double[] hidden = new double[UNITS];
      for (int unit = 0; unit < UNITS; unit++) {
        double z = weights[INPUTS * UNITS + unit];
        for (int i = 0; i < INPUTS; i++) {
          z += weights[unit * INPUTS + i] * x[row * INPUTS + i] * mask[row * INPUTS + i];
        }
        hidden[unit] = function(activation).applyAsDouble(z);
      }
      for (int i = 0; i < INPUTS; i++) {
        double z = weights[INPUTS * UNITS + UNITS + i];
        for (int unit = 0; unit < UNITS; unit++) {
          z += weights[unit * INPUTS + i] * hidden[unit];
        }
        double output = function(activation).applyAsDouble(z);
        double target = x[row * INPUTS + i];
        sum +=
            activation == Activation.SIGMOID
                ? -target * Math.log(output) - (1 - target) * Math.log(1 - output)
                : (output - target) * (output - target);
      }
    }
    return sum / EXAMPLES / INPUTS;
  }

  private static DoubleUnaryOperator function(Activation activation) {
    return switch (activation) {
      case SIGMOID -> z -> 1 / (1 + Math.exp(-z));
      case TANH -> Math::tanh;
      case ELU -> z -> z > 0 ? z : Math.expm1(z);
      default -> z -> z;
    };
  }

  private static Minibatch batch(int size, float[] rows) {
    Minibatch batch = new Minibatch(size, rows.length / size, 2);
    batch.reset(size, 42);
    System.arraycopy(rows, 0, batch.features(), 0, rows.length);
    return batch;
  }

  @ParameterizedTest
  @CsvSource({
    "SIGMOID, 0.5, TORCH", "TANH, 0.5, TORCH", "ELU, 0.3, TORCH", "LINEAR, 0, TORCH",
    "SIGMOID, 0.5, DL4J", "TANH, 0.5, DL4J", "ELU, 0.3, DL4J", "LINEAR, 0, DL4J"
  })
  void gradientIsThatOfThePublishedLoss(Activation activation, double corruption, Engine engine) {
    NetworkSettings network = network(activation, corruption, new Optimizer.Sgd(1));
    Random random = new Random(7);
    float[] x = new float[EXAMPLES * INPUTS];
    for (int i = 0; i < x.length; i++) {
      x[i] = random.nextFloat();
    }
    float[] mask = new float[x.length];
    DropoutMask.draw(mask, mask.length, corruption, 1, 42, 0);
    LearnerState start = Model.untrained(network, 3).state();
    for (int i = 0; i < start.weights().length; i++) {
      start.weights()[i] += 0.1f * random.nextFloat(); // biases are 0 at first
    }
    double[] weights = new double[ParameterLayout.of(network).range(0).size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = start.weights()[i];
    }
    float[] trained =
        Learners.withLearner(
            new EngineNetwork(network, engine),
            Device.CPU,
            learner -> {
              learner.restore(start);
              StepResult result = learner.pretrain(0, batch(EXAMPLES, x));
              assertThat(result.lossSum() / EXAMPLES)
                  .isCloseTo(loss(activation, weights, x, mask), within(1e-6));
              return learner.state().weights();
            });
    for (int i = 0; i < weights.length; i++) {
      double derivative = derivative(activation, weights, i, x, mask);
      // A step of Sgd with a learning rate of 1 subtracts the gradient.
      assertThat(start.weights()[i] - trained[i]).isCloseTo((float) derivative, within(2e-6f));
    }
  }

  /** Returns the central difference of the loss with respect to one weight. */
  private static double derivative(
      Activation activation, double[] weights, int index, float[] x, float[] mask) {
    double h = 1e-5;
    double[] shifted = weights.clone();
    shifted[index] += h;
    double above = loss(activation, shifted, x, mask);
    shifted[index] -= 2 * h;
    return (above - loss(activation, shifted, x, mask)) / (2 * h);
  }

  // Baldi and Hornik 1989: the minimum of a linear autoencoder's squared error is the sum of the
  // variances of the principal components for which it has no units, and there is no other local
  // minimum.
  @ParameterizedTest
  @EnumSource
  void linearAutoencoderFindsThePrincipalComponents(Engine engine) {
    int rows = 64;
    Random random = new Random(5);
    float[] x = new float[rows * INPUTS];
    double[][] table = new double[rows][INPUTS];
    for (int row = 0; row < rows; row++) {
      double a = random.nextGaussian();
      double b = random.nextGaussian();
      for (int i = 0; i < INPUTS; i++) {
        float value = (float) (1 + a * (i + 1) / 5 + b * (2 - i) / 3 + 0.3 * random.nextGaussian());
        x[row * INPUTS + i] = value;
        table[row][i] = value;
      }
    }
    double[] variances =
        new EigenDecomposition(
                new Covariance(MatrixUtils.createRealMatrix(table), false).getCovarianceMatrix())
            .getRealEigenvalues();
    double minimum = (variances[3] + variances[4]) / INPUTS; // variances are in descending order
    NetworkSettings network =
        network(Activation.LINEAR, 0, new Optimizer.Adam(0.02, 0.9, 0.999, 1e-7));
    double loss =
        Learners.withLearner(
            new EngineNetwork(network, engine),
            Device.CPU,
            learner -> {
              learner.restore(Model.untrained(network, 1).state());
              Minibatch batch = batch(rows, x);
              for (int step = 0; step < 1500; step++) {
                learner.pretrain(0, batch);
              }
              return learner.pretrain(0, batch).lossSum() / rows;
            });
    assertThat(loss).isBetween(minimum - 1e-6, 1.01 * minimum);
  }

  @ParameterizedTest
  @EnumSource
  void equalKeysOfMinibatchesCorruptTheSameInputs(Engine engine) {
    NetworkSettings network = network(Activation.SIGMOID, 0.5, new Optimizer.Sgd(1));
    float[] x = new float[EXAMPLES * INPUTS];
    Arrays.fill(x, 0.75f);
    LearnerState start = Model.untrained(network, 3).state();
    Learners.withLearner(
        new EngineNetwork(network, engine),
        Device.CPU,
        learner -> {
          Minibatch batch = batch(EXAMPLES, x);
          learner.restore(start);
          learner.pretrain(0, batch);
          String trained = learner.state().weightsSha256();
          learner.pretrain(0, batch);
          learner.restore(start);
          learner.pretrain(0, batch);
          assertThat(learner.state().weightsSha256()).isEqualTo(trained);
          batch.reset(EXAMPLES, 43);
          learner.restore(start);
          learner.pretrain(0, batch);
          assertThat(learner.state().weightsSha256()).isNotEqualTo(trained);
          return trained;
        });
  }
}
