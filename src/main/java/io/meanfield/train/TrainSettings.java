package io.meanfield.train;

import io.meanfield.settings.Section;
import java.io.Serializable;

/**
 * How training goes.
 *
 * @param epochs passes over the training examples
 * @param batchSize examples of one minibatch of one worker; workers times this is the total batch
 * @param workers logical workers; part of what a run is, unlike the size of the cluster
 * @param workersPerTask workers that share a task and average in its memory: a group
 * @param averagingFrequency minibatches between two averages inside a group
 * @param syncFrequency minibatches between two averages of all groups, through Spark
 * @param optimizerState what an average does with the optimizers' state
 */
public record TrainSettings(
    int epochs,
    int batchSize,
    int workers,
    int workersPerTask,
    int averagingFrequency,
    int syncFrequency,
    OptimizerState optimizerState)
    implements Serializable {

  /** What an average does with the optimizers' state. */
  public enum OptimizerState {
    /** It is averaged like the weights. */
    AVERAGE,
    /** Every worker starts again with a fresh optimizer. */
    RESET
  }

  public static TrainSettings read(Section train) {
    return new TrainSettings(
        train.integer("epochs", 1),
        train.integer("batch-size", 1),
        train.integer("workers", 1),
        train.integer("workers-per-task", 1),
        train.integer("averaging-frequency", 1),
        train.integer("sync-frequency", 1),
        train.choice("optimizer-state", OptimizerState.class));
  }
}
