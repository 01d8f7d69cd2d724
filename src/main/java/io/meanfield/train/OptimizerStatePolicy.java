package io.meanfield.train;

import io.meanfield.network.LearnerState;

/** What an average does with the optimizers' state: SlowMo, Wang et al. 2019, algorithm 1. */
public enum OptimizerStatePolicy {
  /**
   * It is averaged like the weights ("average" in SlowMo; Yu et al. 2019, algorithm 1, for
   * momentum).
   */
  AVERAGE {
    @Override
    public LearnerState apply(LearnerState mean) {
      return mean;
    }
  },
  /** Every worker starts again with a fresh optimizer ("reset" in SlowMo). */
  RESET {
    @Override
    public LearnerState apply(LearnerState mean) {
      return mean.withoutOptimizerState();
    }
  };

  /** Returns the state that workers go on from, of the mean of their states. */
  public abstract LearnerState apply(LearnerState mean);
}
