package io.meanfield.train;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.settings.Section;
import java.io.Serializable;
import java.util.OptionalDouble;

/**
 * The settings of averaging: when and how workers average. They describe hierarchical local SGD
 * (Lin et al. 2018, section 5: block steps inside a group, global steps between groups).
 *
 * @param averagingFrequency interval between averages inside a group
 * @param syncFrequency interval between averages of all groups, through Spark
 * @param denseSync first epochs, in which all groups average more often
 * @param optimizerState whether an average keeps or resets the optimizers' state
 * @param outerOptimizer the optimizer that is applied to the average of all groups
 * @param weightAverage the average over time that the model gets
 * @param outliers what happens to workers whose updates are far from the usual size
 */
@DefaultSerializer(JavaSerializer.class)
public record AveragingSettings(
    AveragingInterval averagingFrequency,
    SyncFrequency syncFrequency,
    DenseSyncPhase denseSync,
    OptimizerStatePolicy optimizerState,
    OuterOptimizer outerOptimizer,
    WeightAverage weightAverage,
    Outliers outliers)
    implements Serializable {

  static AveragingSettings read(Section train) {
    return new AveragingSettings(
        AveragingInterval.read(train, "averaging-frequency"),
        syncFrequency(train, "sync-frequency"),
        DenseSyncPhase.read(train.section("dense-sync")),
        train.choice("optimizer-state", OptimizerStatePolicy.class),
        OuterOptimizer.read(train.section("outer-optimizer")),
        WeightAverage.read(train),
        train.choice("outliers", Outliers.class));
  }

  /** Reads a number of minibatches, {@code epoch}, or an object with {@code qsr}. */
  private static SyncFrequency syncFrequency(Section section, String key) {
    if (section.isSection(key)) {
      return QuadraticSynchronization.read(section.section(key));
    }
    OptionalDouble minibatches =
        section.numberOr(
            "epoch",
            key,
            count -> count >= 1 && count == Math.rint(count) && count <= Integer.MAX_VALUE,
            "a whole number of at least 1, or epoch, or an object with qsr");
    return minibatches.isPresent()
        ? new AveragingInterval.EveryNBatches((int) minibatches.getAsDouble())
        : new AveragingInterval.EveryEpoch();
  }
}
