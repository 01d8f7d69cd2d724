package io.meanfield.evaluate;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.Examples;
import io.meanfield.data.Shard;
import io.meanfield.data.ShardGroup;
import io.meanfield.network.Architecture;
import io.meanfield.network.LearnerState;
import io.meanfield.network.StepResult;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * The short answer to "how good is it": what training asks for after every epoch.
 *
 * @param examples seen
 * @param lossSum over the examples
 * @param correct examples whose largest output is their label's
 */
@DefaultSerializer(JavaSerializer.class) // Kryo 4 cannot write the final fields of a record
public record Score(long examples, double lossSum, long correct) implements Serializable {
  private static final Score NONE = new Score(0, 0, 0);

  /**
   * Scores a network on sharded examples; the sum runs in the order of the shards, so its bits are
   * fixed.
   */
  public static Score of(
      Architecture architecture, LearnerState state, JavaRDD<ShardGroup> groups) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(groups.context());
    Broadcast<LearnerState> weights = spark.broadcast(state.withoutOptimizerState());
    try {
      List<Score> scores =
          groups
              .flatMap(group -> group.shards().iterator())
              .map(shard -> of(architecture, weights.value(), shard))
              .collect();
      return scores.stream().reduce(NONE, Score::plus);
    } finally {
      weights.destroy();
    }
  }

  private static Score of(Architecture architecture, LearnerState state, Shard shard) {
    Examples examples = shard.examples();
    float[] outputs = Forward.outputs(architecture, state, examples);
    int classes = architecture.outputs();
    double lossSum = 0;
    long correct = 0;
    for (int row = 0; row < examples.count(); row++) {
      int label = examples.label(row);
      lossSum += architecture.loss().of(outputs, row * classes, classes, label);
      correct += StepResult.largest(outputs, row * classes, classes) == label ? 1 : 0;
    }
    return new Score(examples.count(), lossSum, correct);
  }

  private Score plus(Score other) {
    return new Score(examples + other.examples, lossSum + other.lossSum, correct + other.correct);
  }

  /** Mean loss; NaN where there are no examples. */
  public double loss() {
    return lossSum / examples;
  }

  /** Share of examples that are right; NaN where there are no examples. */
  public double accuracy() {
    return (double) correct / examples;
  }
}
