package io.meanfield.train;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.settings.Section;
import java.io.Serializable;

/**
 * The settings of averaging: when and how workers average. They describe hierarchical local SGD
 * (Lin et al. 2018, section 5: block steps inside a group, global steps between groups).
 *
 * @param averagingInterval interval between averages inside a group
 * @param syncInterval interval between averages of all groups, through Spark
 * @param denseSync first epochs, in which all groups average more often
 * @param optimizerState whether an average keeps or resets the optimizers' state
 * @param outerOptimizer the optimizer that is applied to the average of all groups
 */
@DefaultSerializer(JavaSerializer.class)
public record AveragingSettings(
    AveragingInterval averagingInterval,
    SyncInterval syncInterval,
    DenseSyncPhase denseSync,
    OptimizerStatePolicy optimizerState,
    OuterOptimizer outerOptimizer)
    implements Serializable {

  static AveragingSettings read(Section train) {
    return new AveragingSettings(
        AveragingInterval.read(train, "averaging-frequency"),
        syncInterval(train, "sync-frequency"),
        DenseSyncPhase.read(train.section("dense-sync")),
        train.choice("optimizer-state", OptimizerStatePolicy.class),
        OuterOptimizer.read(train.section("outer-optimizer")));
  }

  /** Reads a number of minibatches, {@code epoch}, or an object with {@code qsr}. */
  private static SyncInterval syncInterval(Section section, String key) {
    return section.isSection(key)
        ? QuadraticSynchronization.read(section.section(key))
        : AveragingInterval.read(section, key, ", or an object with qsr");
  }
}
