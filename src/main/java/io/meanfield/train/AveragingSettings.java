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
 * @param outerOptimizer the optimizer that is applied to the average of all groups
 */
@DefaultSerializer(JavaSerializer.class)
public record AveragingSettings(
    AveragingInterval averagingInterval, SyncInterval syncInterval, OuterOptimizer outerOptimizer)
    implements Serializable {

  static AveragingSettings read(Section train) {
    return new AveragingSettings(
        AveragingInterval.read(train, "averaging-frequency"),
        syncInterval(train, "sync-frequency"),
        OuterOptimizer.read(train.section("outer-optimizer")));
  }

  /** Reads a number of minibatches, {@code epoch}, or an object with {@code qsr}. */
  private static SyncInterval syncInterval(Section section, String key) {
    return section.isSection(key)
        ? QuadraticSynchronization.read(section.section(key))
        : AveragingInterval.read(section, key, ", or an object with qsr");
  }
}
