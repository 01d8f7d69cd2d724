package io.meanfield.train;

import io.meanfield.network.LearnerState;

/** The effect of an average on the optimizers' state (SlowMo, Wang et al. 2019, algorithm 1). */
public enum OptimizerStatePolicy {
  /**
   * The state is averaged like the weights ("average" in SlowMo; Yu et al. 2019, algorithm 1, for
   * momentum).
   */
  AVERAGE {
    @Override
    public LearnerState apply(LearnerState mean) {
      return mean;
    }
  },
  /** Every worker starts the next round with a fresh optimizer ("reset" in SlowMo). */
  RESET {
    @Override
    public LearnerState apply(LearnerState mean) {
      return mean.withoutOptimizerState();
    }
  };

  /** Returns the state from which workers continue, given the mean of their states. */
  public abstract LearnerState apply(LearnerState mean);
}
