package io.meanfield.dl4jspark;

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
  /**
   * Every worker starts the next round with moments of 0 ("reset" in SlowMo). Adam's bias
   * correction goes on counting, as in DL4J, so the first steps of a round are longer.
   */
  RESET {
    @Override
    public LearnerState apply(LearnerState mean) {
      return mean.withoutOptimizerState();
    }
  };

  /** Returns the state from which workers continue, given the mean of their states. */
  public abstract LearnerState apply(LearnerState mean);
}
