package io.meanfield.train;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.settings.Section;
import java.io.Serializable;

/**
 * When averages are taken, and what they do: hierarchical local SGD (Lin et al. 2018, section 5:
 * block steps inside a group, global steps between groups).
 *
 * @param averagingFrequency of averages inside a group
 * @param syncFrequency of averages of all groups, through Spark
 * @param denseSync first epochs, in which all groups average more often
 * @param optimizerState what an average does with the optimizers' state
 * @param outerOptimizer what becomes of the average of all groups
 */
@DefaultSerializer(JavaSerializer.class)
public record AveragingSettings(
    AveragingInterval averagingFrequency,
    AveragingInterval syncFrequency,
    DenseSyncPhase denseSync,
    OptimizerStatePolicy optimizerState,
    OuterOptimizer outerOptimizer)
    implements Serializable {

  /** Plain averaging of all workers after every so many minibatches, through all epochs. */
  public static AveragingSettings plain(int minibatches, OptimizerStatePolicy optimizerState) {
    AveragingInterval interval = new AveragingInterval.EveryNBatches(minibatches);
    return new AveragingSettings(
        interval, interval, DenseSyncPhase.NONE, optimizerState, new OuterOptimizer.None());
  }

  static AveragingSettings read(Section train) {
    return new AveragingSettings(
        AveragingInterval.read(train, "averaging-frequency"),
        AveragingInterval.read(train, "sync-frequency"),
        DenseSyncPhase.read(train.section("dense-sync")),
        train.choice("optimizer-state", OptimizerStatePolicy.class),
        OuterOptimizer.read(train.section("outer-optimizer")));
  }
}
