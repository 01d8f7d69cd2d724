package io.meanfield.train.averaging;

import io.meanfield.network.LearnerState;
import org.apache.spark.api.java.JavaRDD;

/** A round whose tasks copy their state instead of training: what a round costs besides. */
public final class SynchronisingRound {
  private static final long ALWAYS_ON_DRIVER = Long.MAX_VALUE;
  private static final long ALWAYS_ON_EXECUTORS = 0;
  private static final int EXAMPLES = 128;

  private SynchronisingRound() {}

  /** Averages the copies on the driver. */
  public static void onDriver(JavaRDD<Integer> shards, LearnerState state) {
    run(shards, state, ALWAYS_ON_DRIVER);
  }

  /** Averages the copies on the executors. */
  public static void onExecutors(JavaRDD<Integer> shards, LearnerState state) {
    run(shards, state, ALWAYS_ON_EXECUTORS);
  }

  private static void run(JavaRDD<Integer> shards, LearnerState state, long driverBytes) {
    LearnerState mean =
        AveragingRound.run(
                shards,
                state,
                WeightedAverage.NONE,
                (shard, start) ->
                    new RoundFunction.RoundOutput<>(
                        new WeightedState(copy(start), EXAMPLES), shard),
                driverBytes)
            .mean()
            .orElseThrow();
    if (mean.weights()[0] != state.weights()[0]) {
      throw new IllegalStateException("the mean of equal states is another state");
    }
  }

  private static LearnerState copy(LearnerState start) {
    return new LearnerState(start.weights().clone(), start.optimizerState().clone(), 1, 1);
  }
}
