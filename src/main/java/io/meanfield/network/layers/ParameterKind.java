package io.meanfield.network.layers;

/** The role of an array of weights in its layer; in the order of Keras' {@code get_weights()}. */
public enum ParameterKind {
  /**
   * [inputs, units] in 'f' order (column by column); in a convolution [filters, channels, height,
   * width] in 'c' order (the last dimension varies fastest).
   */
  KERNEL("W", "kernel", Role.MULTIPLIED),
  /** [units, gates x units] in 'f' order. */
  RECURRENT_KERNEL("R", "recurrent kernel", Role.MULTIPLIED),
  BIAS("b", "bias", Role.ADDED),
  /** The bias of an autoencoder's reconstruction; the network's outputs do not depend on it. */
  RECONSTRUCTION_BIAS("c", "visible bias", Role.ADDED),
  GAMMA("gamma", "gamma", Role.NORMALIZING),
  BETA("beta", "beta", Role.NORMALIZING),
  /** The running mean of a batch normalisation. */
  RUNNING_MEAN("mean", "moving mean", Role.MEASURED),
  /** The decimal logarithm of the running standard deviation. */
  RUNNING_LOG_DEVIATION("variance", "moving variance", Role.MEASURED);

  /** The treatment of an array in training. */
  private enum Role {
    /** Trained, penalised, with clipped gradients. */
    MULTIPLIED,
    /** Trained, with clipped gradients. */
    ADDED,
    /** Trained. */
    NORMALIZING,
    /** Not trained: a statistic of the inputs. */
    MEASURED
  }

  private final String prefix;
  private final String kerasName;
  private final Role role;

  ParameterKind(String prefix, String kerasName, Role role) {
    this.prefix = prefix;
    this.kerasName = kerasName;
    this.role = role;
  }

  /** Returns the prefix of the array's name in .npz files, before the layer's number. */
  public String prefix() {
    return prefix;
  }

  /** Returns Keras' name of the array. */
  public String kerasName() {
    return kerasName;
  }

  /** Returns whether an optimizer changes it. */
  public boolean isTrained() {
    return role != Role.MEASURED;
  }

  /** Returns whether an L2 penalty and AdamW's weight decay apply to it. */
  public boolean isPenalised() {
    return role == Role.MULTIPLIED;
  }

  /** Returns whether its gradients are clipped. */
  public boolean isClipped() {
    return role == Role.MULTIPLIED || role == Role.ADDED;
  }
}
