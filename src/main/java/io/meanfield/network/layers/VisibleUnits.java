package io.meanfield.network.layers;

/** The distribution of the visible units of a restricted Boltzmann machine. */
public enum VisibleUnits {
  /** 0 or 1; an input between them is a probability, as a grey pixel is. */
  BINARY(Activation.SIGMOID),
  /** Numbers with a standard deviation of 1 around their mean, for standardised inputs. */
  GAUSSIAN(Activation.LINEAR);

  private final Activation mean;

  VisibleUnits(Activation mean) {
    this.mean = mean;
  }

  /** Returns the function from {@code h W^T + c} to the mean of the visible units. */
  public Activation mean() {
    return mean;
  }
}
