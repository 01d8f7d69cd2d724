package io.meanfield.network;

import io.meanfield.network.layers.Activation;
import io.meanfield.settings.Section;
import java.util.Optional;

/**
 * Loss functions with Keras' names and values. The loss of one example is the mean over its
 * outputs; {@link #CATEGORICAL_CROSSENTROPY} is the sum.
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

  /**
   * The distance of probabilities from 0 and 1, Keras' epsilon: the loss of a probability of 0 is
   * 16.1, not infinity.
   */
  public static final double EPSILON = 1e-7;

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

  /** Reads {@code network.loss}. An unknown name becomes a problem of the settings. */
  static Loss read(Section network) {
    return network.choice("loss", Name.class).loss;
  }

  /**
   * Returns the loss of one example.
   *
   * @param outputs of the network; those of this example are the {@code width} numbers from {@code
   *     offset} on
   * @param targets at the same indices; a class is one-hot, or the number itself if there is one
   *     output
   */
  public abstract double of(float[] outputs, float[] targets, int offset, int width);

  /** Returns whether the outputs of a network that is trained with this loss are probabilities. */
  public boolean givesProbabilities() {
    return requiredActivation().isPresent();
  }

  /**
   * Returns the activation of the last layer that this loss requires; empty if every activation is
   * allowed. With the required activation, and targets that sum to 1 for softmax, the derivative of
   * the loss by the layer's sums is a multiple of {@code outputs - targets}.
   */
  public Optional<Activation> requiredActivation() {
    return switch (this) {
      case CATEGORICAL_CROSSENTROPY -> Optional.of(Activation.SOFTMAX);
      case BINARY_CROSSENTROPY -> Optional.of(Activation.SIGMOID);
      case MSE, MAE -> Optional.empty();
    };
  }

  /**
   * Returns the loss of an autoencoder's reconstruction (Vincent et al. 2008, section 2.2): the
   * cross-entropy for sigmoid, whose reconstructions are between 0 and 1, else the squared error.
   */
  public static Loss ofReconstruction(Activation activation) {
    return activation == Activation.SIGMOID ? BINARY_CROSSENTROPY : MSE;
  }

  private static double clip(double probability) {
    return Math.min(Math.max(probability, EPSILON), 1 - EPSILON);
  }
}
