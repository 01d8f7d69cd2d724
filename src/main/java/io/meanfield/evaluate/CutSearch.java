package io.meanfield.evaluate;

import io.meanfield.evaluate.metric.PredictionBlock;
import io.meanfield.evaluate.threshold.Cut;
import io.meanfield.evaluate.threshold.Objective;
import io.meanfield.evaluate.threshold.ScoreCount;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * Finds the best threshold among all distinct scores of class 1. The scores are sorted on the
 * cluster, and only the number of examples and the best cut of each partition are collected. Counts
 * are whole numbers and cuts have a total order, so the result does not depend on the partitions.
 */
final class CutSearch {
  private static final int POSITIVE = 1;
  private static final ScoreCount NO_EXAMPLES = new ScoreCount(Float.NEGATIVE_INFINITY, 0, 0);

  private CutSearch() {}

  /** Returns the best cut; empty if no example or every example has class 1. */
  static Optional<Cut> best(JavaRDD<PredictionBlock> predictions, Objective objective) {
    JavaRDD<ScoreCount> descending = descending(predictions).cache();
    try {
      List<ScoreCount> sums =
          descending.mapPartitions(counts -> List.of(sum(counts)).iterator()).collect();
      ScoreCount all = sums.stream().reduce(NO_EXAMPLES, ScoreCount::plus);
      return all.positives() == 0 || all.negatives() == 0
          ? Optional.empty()
          : Optional.of(best(descending, objective, sums, all.positives()));
    } finally {
      descending.unpersist();
    }
  }

  private static Cut best(
      JavaRDD<ScoreCount> descending, Objective objective, List<ScoreCount> sums, long positives) {
    Stream<Cut> cuts =
        descending
            .mapPartitionsWithIndex(
                (partition, counts) ->
                    best(counts, objective, sums.subList(0, partition), positives),
                false)
            .collect()
            .stream();
    Cut none = ScoreCount.none(descending.first().score(), positives);
    return Stream.concat(cuts, Stream.of(none)).max(objective.order()).orElseThrow();
  }

  private static Iterator<Cut> best(
      Iterator<ScoreCount> descending,
      Objective objective,
      List<ScoreCount> above,
      long positives) {
    ScoreCount sum = above.stream().reduce(NO_EXAMPLES, ScoreCount::plus);
    return ScoreCount.best(descending, sum, positives, objective.order()).stream().iterator();
  }

  private static ScoreCount sum(Iterator<ScoreCount> counts) {
    ScoreCount sum = NO_EXAMPLES;
    while (counts.hasNext()) {
      sum = sum.plus(counts.next());
    }
    return sum;
  }

  /** Returns each score once, from the largest to the smallest. */
  private static JavaRDD<ScoreCount> descending(JavaRDD<PredictionBlock> predictions) {
    JavaPairRDD<Float, ScoreCount> counts =
        predictions
            .flatMapToPair(
                block -> counts(block).entrySet().stream().map(CutSearch::pair).iterator())
            .reduceByKey(ScoreCount::plus);
    return counts.sortByKey(false).values();
  }

  private static Tuple2<Float, ScoreCount> pair(Map.Entry<Float, ScoreCount> entry) {
    return new Tuple2<>(entry.getKey(), entry.getValue());
  }

  private static Map<Float, ScoreCount> counts(PredictionBlock block) {
    Map<Float, ScoreCount> counts = new HashMap<>();
    for (int row = 0; row < block.count(); row++) {
      float score = block.score(row, POSITIVE) + 0f; // + 0 turns -0 into 0
      boolean positive = block.isActual(row, POSITIVE);
      counts.merge(
          score, new ScoreCount(score, positive ? 1 : 0, positive ? 0 : 1), ScoreCount::plus);
    }
    return counts;
  }
}
