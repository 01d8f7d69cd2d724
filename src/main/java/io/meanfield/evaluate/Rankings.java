package io.meanfield.evaluate;

import static java.util.Comparator.comparing;

import io.meanfield.evaluate.metric.PredictionBlock;
import io.meanfield.evaluate.metric.Ranking;
import io.meanfield.evaluate.threshold.ScoreCount;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;

/**
 * How well the scores of each class against the rest rank the examples, which count by their
 * weights, computed from {@link ScoreSums}.
 */
final class Rankings {
  private static final double TOP = 0.1;

  private Rankings() {}

  /** Returns one ranking for each class or label. */
  static List<Ranking> of(JavaRDD<PredictionBlock> predictions, int classes) {
    Map<Integer, List<ScoreCount>> counts = counts(predictions, 0, classes - 1);
    return IntStream.range(0, classes)
        .mapToObj(cls -> of(counts.getOrDefault(cls, List.of())))
        .toList();
  }

  /** Returns the weights of the examples by their score of class 1, the highest score first. */
  static List<ScoreCount> scores(JavaRDD<PredictionBlock> predictions) {
    return counts(predictions, 1, 1).getOrDefault(1, List.of());
  }

  private static Map<Integer, List<ScoreCount>> counts(
      JavaRDD<PredictionBlock> predictions, int firstClass, int lastClass) {
    Map<Integer, List<ScoreCount>> counts = new HashMap<>();
    ScoreSums.collect(predictions, firstClass, lastClass).forEach(sums -> sums.addTo(counts));
    counts.values().forEach(each -> each.sort(comparing(ScoreCount::score).reversed()));
    return counts;
  }

  /** Returns the ranking of examples with these scores, the highest first. */
  static Ranking of(List<ScoreCount> descending) {
    double positives = descending.stream().map(ScoreCount::positives).reduce(0.0, Double::sum);
    double negatives = descending.stream().map(ScoreCount::negatives).reduce(0.0, Double::sum);
    if (positives == 0 || negatives == 0) {
      return Ranking.UNDEFINED;
    }
    return new Ranking(
        Optional.of(rocAuc(descending, positives, negatives)),
        Optional.of(averagePrecision(descending, positives)),
        Optional.of(lift(descending, positives, positives + negatives)));
  }

  /** The Mann-Whitney statistic with ties counted half (Hanley and McNeil 1982). */
  private static double rocAuc(List<ScoreCount> descending, double positives, double negatives) {
    double below = negatives;
    double orderedPairs = 0;
    for (ScoreCount bin : descending) {
      below -= bin.negatives();
      orderedPairs += bin.positives() * (below + bin.negatives() / 2);
    }
    return orderedPairs / (positives * negatives);
  }

  /** The sum of precision times increase of recall over all scores, without interpolation. */
  private static double averagePrecision(List<ScoreCount> descending, double positives) {
    double found = 0;
    double weight = 0;
    double sum = 0;
    for (ScoreCount bin : descending) {
      found += bin.positives();
      weight += (bin.positives() + bin.negatives());
      sum += bin.positives() * (found / weight);
    }
    return sum / positives;
  }

  private static double lift(List<ScoreCount> descending, double positives, double weight) {
    double top = weight * TOP;
    double left = top;
    double found = 0;
    for (ScoreCount bin : descending) {
      double taken = Math.min(left, (bin.positives() + bin.negatives()));
      found += taken * bin.positives() / (bin.positives() + bin.negatives());
      left -= taken;
    }
    return found / top / (positives / weight);
  }
}
