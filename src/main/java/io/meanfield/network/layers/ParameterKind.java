package io.meanfield.network.layers;

/** The role of an array of weights in its layer; in the order of Keras' {@code get_weights()}. */
public enum ParameterKind {
  /**
   * [inputs, units] in 'f' order (column by column): in a recurrent layer [features, gates x
   * units], in an embedding, and for each column of column embeddings, [categories, units]. In a
   * convolution [filters, channels, height, width] in 'c' order (the last dimension varies
   * fastest).
   */
  KERNEL("W", "kernel", Role.KERNEL),
  /** [units, gates x units] in 'f' order. */
  RECURRENT_KERNEL("R", "recurrent kernel", Role.KERNEL),
  BIAS("b", "bias", Role.BIAS),
  GAMMA("gamma", "gamma", Role.NORMALIZATION),
  BETA("beta", "beta", Role.NORMALIZATION),
  /** The factors of a scaling. */
  SCALE("scale", "scale", Role.NORMALIZATION),
  /** The running mean of a batch normalisation. */
  RUNNING_MEAN("mean", "moving mean", Role.STATISTIC),
  /** The decimal logarithm of the running standard deviation. */
  RUNNING_LOG_DEVIATION("variance", "moving variance", Role.STATISTIC);

  /** The treatment of an array in training. */
  private enum Role {
    /** Trained, with penalties and gradient clipping. */
    KERNEL,
    /** Trained, with gradient clipping. */
    BIAS,
    /** Trained. */
    NORMALIZATION,
    /** A statistic of the inputs, which no optimizer changes. */
    STATISTIC
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

  /** Returns whether an optimizer changes the array. */
  public boolean isTrained() {
    return role != Role.STATISTIC;
  }

  /** Returns whether an L2 penalty and AdamW's weight decay apply to the array. */
  public boolean isPenalised() {
    return role == Role.KERNEL;
  }

  /** Returns whether gradient clipping applies to the array. */
  public boolean isClipped() {
    return role == Role.KERNEL || role == Role.BIAS;
  }
}
