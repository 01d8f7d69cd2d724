package io.meanfield.evaluate;

import io.meanfield.evaluate.metric.PredictionBlock;
import io.meanfield.evaluate.threshold.Cut;
import io.meanfield.evaluate.threshold.Objective;
import io.meanfield.evaluate.threshold.ScoreCount;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * Finds the best threshold among all distinct scores of class 1. The scores are sorted on the
 * cluster into one partition, in whose order their weights are summed, so the result has the same
 * bits on every cluster.
 */
final class CutSearch {
  private static final ScoreWeights.Keys POSITIVE = new ScoreWeights.Keys(1, 1, 0);
  private static final ScoreCount NO_EXAMPLES = new ScoreCount(Float.NEGATIVE_INFINITY, 0, 0);

  private CutSearch() {}

  /** Returns the best cut; empty if no example or every example has class 1. */
  static Optional<Cut> best(JavaRDD<PredictionBlock> predictions, Objective objective) {
    JavaRDD<ScoreCount> descending =
        ScoreWeights.of(predictions, POSITIVE)
            .filter(score -> score._2().positives() + score._2().negatives() > 0)
            .sortByKey(false, 1)
            .map(CutSearch::count)
            .cache();
    try {
      ScoreCount all = all(descending);
      return all.positives() == 0 || all.negatives() == 0
          ? Optional.empty()
          : Optional.of(best(descending, objective, all.positives()));
    } finally {
      descending.unpersist();
    }
  }

  private static ScoreCount count(Tuple2<Long, ScoreWeights> score) {
    return new ScoreCount(
        ScoreWeights.Keys.score(score._1()), score._2().positives(), score._2().negatives());
  }

  private static ScoreCount all(JavaRDD<ScoreCount> descending) {
    return descending.mapPartitions(counts -> List.of(sum(counts)).iterator()).first();
  }

  private static ScoreCount sum(Iterator<ScoreCount> counts) {
    ScoreCount sum = NO_EXAMPLES;
    while (counts.hasNext()) {
      sum = sum.plus(counts.next());
    }
    return sum;
  }

  private static Cut best(JavaRDD<ScoreCount> descending, Objective objective, double positives) {
    Cut best =
        descending
            .mapPartitions(
                counts -> ScoreCount.best(counts, positives, objective.order()).stream().iterator())
            .first();
    Cut none = ScoreCount.none(descending.first().score(), positives);
    return objective.order().compare(best, none) >= 0 ? best : none;
  }
}
