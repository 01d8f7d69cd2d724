package io.meanfield.train;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.settings.Section;
import java.io.Serializable;

/**
 * How the weights of workers are averaged. The number of minibatches between two averages is H in
 * local SGD (Stich 2019, algorithm 1).
 *
 * @param averagingFrequency minibatches of a worker between two averages inside a group, or {@link
 *     #EPOCH}
 * @param syncFrequency minibatches of a worker between two averages of all workers, or {@link
 *     #EPOCH}
 */
@DefaultSerializer(JavaSerializer.class)
public record AveragingSettings(
    int averagingFrequency, int syncFrequency, OuterOptimizer outerOptimizer)
    implements Serializable {
  /** More minibatches than an epoch has, whose end is always an average. */
  public static final int EPOCH = Integer.MAX_VALUE;

  static AveragingSettings read(Section train) {
    return new AveragingSettings(
        frequency(train, "averaging-frequency"),
        frequency(train, "sync-frequency"),
        OuterOptimizer.read(train.section("outer-optimizer")));
  }

  private static int frequency(Section train, String key) {
    return (int)
        train
            .numberOr(
                "epoch",
                key,
                count -> count >= 1 && count == Math.rint(count) && count <= EPOCH,
                "a whole number of at least 1, or epoch")
            .orElse(EPOCH);
  }
}
