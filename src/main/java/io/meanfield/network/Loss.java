package io.meanfield.network;

import io.meanfield.network.layers.Activation;
import io.meanfield.settings.Section;
import java.util.Optional;

/**
 * Loss functions, by Keras' names and with Keras' values: the mean over the outputs of one example.
 */
public enum Loss {
  CATEGORICAL_CROSSENTROPY {
    @Override
    public double of(float[] outputs, float[] targets, int offset, int width) {
      double sum = 0;
      for (int i = offset; i < offset + width; i++) {
        // A target of 0 adds nothing to the loss, so its logarithm is not computed.
        sum += targets[i] == 0 ? 0 : -targets[i] * Math.log(clip(outputs[i]));
      }
      return sum;
    }
  },
  BINARY_CROSSENTROPY {
    @Override
    public double of(float[] outputs, float[] targets, int offset, int width) {
      double sum = 0;
      for (int i = offset; i < offset + width; i++) {
        double t = targets[i];
        sum -= t == 0 ? 0 : t * Math.log(clip(outputs[i]));
        sum -= t == 1 ? 0 : (1 - t) * Math.log(clip(1.0 - outputs[i]));
      }
      return sum / width;
    }
  },
  MSE {
    @Override
    public double of(float[] outputs, float[] targets, int offset, int width) {
      double sum = 0;
      for (int i = offset; i < offset + width; i++) {
        double error = (double) outputs[i] - targets[i];
        sum += error * error;
      }
      return sum / width;
    }
  },
  MAE {
    @Override
    public double of(float[] outputs, float[] targets, int offset, int width) {
      double sum = 0;
      for (int i = offset; i < offset + width; i++) {
        sum += Math.abs((double) outputs[i] - targets[i]);
      }
      return sum / width;
    }
  };

  // Keras' epsilon: a probability of 0 has a loss of 16.1, not infinity.
  private static final double EPSILON = 1e-7;

  /** The names of the losses in settings. */
  enum Name {
    CATEGORICAL_CROSSENTROPY(Loss.CATEGORICAL_CROSSENTROPY),
    /**
     * An alias: Keras has one loss for one-hot targets and one for labels; here the data determine
     * the form of the targets.
     */
    SPARSE_CATEGORICAL_CROSSENTROPY(Loss.CATEGORICAL_CROSSENTROPY),
    BINARY_CROSSENTROPY(Loss.BINARY_CROSSENTROPY),
    MSE(Loss.MSE),
    MAE(Loss.MAE);

    private final Loss loss;

    Name(Loss loss) {
      this.loss = loss;
    }
  }

  static Loss read(Section network) {
    return network.choice("loss", Name.class).loss;
  }

  /**
   * Returns the loss of one example.
   *
   * @param outputs of the network; those of this example are the {@code width} numbers from {@code
   *     offset} on
   * @param targets at the same indices; one-hot for a class
   */
  public abstract double of(float[] outputs, float[] targets, int offset, int width);

  /** Returns whether the outputs of a network that is trained with this loss are probabilities. */
  public boolean givesProbabilities() {
    return requiredActivation().isPresent();
  }

  /**
   * Returns the output activation that this loss requires, with which the gradient of the sums is a
   * multiple of {@code outputs - targets}; empty if every activation is allowed.
   */
  public Optional<Activation> requiredActivation() {
    return switch (this) {
      case CATEGORICAL_CROSSENTROPY -> Optional.of(Activation.SOFTMAX);
      case BINARY_CROSSENTROPY -> Optional.of(Activation.SIGMOID);
      case MSE, MAE -> Optional.empty();
    };
  }

  /**
   * Returns the loss of an autoencoder's reconstruction: for sigmoids, whose inputs are 0 to 1, the
   * cross-entropy (Vincent et al. 2008, section 2.2), else the squared error.
   */
  public static Loss ofReconstruction(Activation activation) {
    return activation == Activation.SIGMOID ? BINARY_CROSSENTROPY : MSE;
  }

  private static double clip(double probability) {
    return Math.min(Math.max(probability, EPSILON), 1 - EPSILON);
  }
}
