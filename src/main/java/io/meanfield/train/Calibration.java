package io.meanfield.train;

import io.meanfield.evaluate.Temperatures;

/** What happens to the probabilities of a trained classifier. */
public enum Calibration {
  /** They stay as they are. */
  NONE,

  /** The logits are divided by the temperature with the smallest loss (Guo et al. 2017). */
  TEMPERATURE;

  /** Returns the temperatures that are tried after every epoch. */
  public Temperatures temperatures() {
    return switch (this) {
      case NONE -> Temperatures.ONE;
      case TEMPERATURE -> Temperatures.COARSE;
    };
  }
}
