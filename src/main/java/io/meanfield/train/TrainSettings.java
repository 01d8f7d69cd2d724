package io.meanfield.train;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.settings.Section;
import io.meanfield.train.augment.Augmentation;
import java.io.Serializable;

/**
 * How training goes: local SGD (Stich 2019, algorithm 1), where workers share a task hierarchical
 * local SGD (Lin et al. 2018, section 5: block steps inside a group, global steps between groups),
 * with a policy for each thing that an average may do.
 *
 * @param epochs passes over the training examples
 * @param batchSize examples of one minibatch of one worker; workers times this is the total batch
 * @param workers logical workers; part of what a run is, unlike the size of the cluster
 * @param workersPerTask workers that share a task and average in its memory: a group
 * @param averagingFrequency of averages inside a group
 * @param syncFrequency of averages of all groups, through Spark
 * @param denseSync epochs in which all groups meet more often
 * @param optimizerState what an average does with the optimizers' state
 * @param outerOptimizer what becomes of the average of all groups
 * @param earlyStopping when it ends before the last epoch
 * @param augmentation what is done to images before they are learned from
 * @param pretrainEpochs of each autoencoder, before the epochs
 */
@DefaultSerializer(JavaSerializer.class)
public record TrainSettings(
    int epochs,
    int batchSize,
    int workers,
    int workersPerTask,
    AveragingInterval averagingFrequency,
    AveragingInterval syncFrequency,
    DenseSyncPhase denseSync,
    OptimizerState optimizerState,
    OuterOptimizer outerOptimizer,
    EarlyStopping earlyStopping,
    Augmentation augmentation,
    int pretrainEpochs)
    implements Serializable {

  /** What an average does with the optimizers' state: SlowMo, Wang et al. 2019, algorithm 1. */
  public enum OptimizerState {
    /**
     * It is averaged like the weights ("average" in SlowMo; Yu et al. 2019, algorithm 1, for
     * momentum).
     */
    AVERAGE,
    /** Every worker starts again with a fresh optimizer ("reset" in SlowMo). */
    RESET
  }

  /** Plain averaging, at frequencies in minibatches, through all epochs. */
  public TrainSettings(
      int epochs,
      int batchSize,
      int workers,
      int workersPerTask,
      int averagingFrequency,
      int syncFrequency,
      OptimizerState optimizerState) {
    this(
        epochs,
        batchSize,
        workers,
        workersPerTask,
        new AveragingInterval.EveryNBatches(averagingFrequency),
        new AveragingInterval.EveryNBatches(syncFrequency),
        DenseSyncPhase.NONE,
        optimizerState,
        new OuterOptimizer.None(),
        EarlyStopping.OFF,
        Augmentation.OFF);
  }

  /** Without epochs before those with labels. */
  public TrainSettings(
      int epochs,
      int batchSize,
      int workers,
      int workersPerTask,
      AveragingInterval averagingFrequency,
      AveragingInterval syncFrequency,
      DenseSyncPhase denseSync,
      OptimizerState optimizerState,
      OuterOptimizer outerOptimizer,
      EarlyStopping earlyStopping,
      Augmentation augmentation) {
    this(
        epochs,
        batchSize,
        workers,
        workersPerTask,
        averagingFrequency,
        syncFrequency,
        denseSync,
        optimizerState,
        outerOptimizer,
        earlyStopping,
        augmentation,
        0);
  }

  public static TrainSettings read(Section train) {
    return new TrainSettings(
        train.integer("epochs", 1),
        train.integer("batch-size", 1),
        train.integer("workers", 1),
        train.integer("workers-per-task", 1),
        AveragingInterval.read(train, "averaging-frequency"),
        AveragingInterval.read(train, "sync-frequency"),
        DenseSyncPhase.read(train.section("dense-sync")),
        train.choice("optimizer-state", OptimizerState.class),
        OuterOptimizer.read(train.section("outer-optimizer")),
        EarlyStopping.read(train.section("early-stopping")),
        Augmentation.read(train.section("augment")),
        train.integer("pretrain-epochs", 0));
  }
}
