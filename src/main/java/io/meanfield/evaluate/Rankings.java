package io.meanfield.evaluate;

import io.meanfield.evaluate.metric.PredictionBlock;
import io.meanfield.evaluate.metric.Ranking;
import io.meanfield.evaluate.threshold.ScoreCount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;

/**
 * How well the scores of each class against the rest rank the examples, which count by their
 * weights, computed from the weights of positive and negative examples for each score. Scores are
 * compared by their sign, exponent and upper 15 bits of mantissa: two that differ by less than
 * 0.003 % of their size count as a tie, so memory does not grow with the number of examples.
 */
final class Rankings {
  private static final int DROPPED_BITS = 8;
  private static final double TOP = 0.1;

  private Rankings() {}

  /** Returns one ranking for each class or label. */
  static List<Ranking> of(JavaRDD<PredictionBlock> predictions, int classes) {
    Map<Integer, List<Bin>> bins = new HashMap<>();
    ScoreWeights.collect(predictions, keys(classes)).forEach(pack -> add(pack, bins));
    List<Ranking> rankings = new ArrayList<>();
    for (int cls = 0; cls < classes; cls++) {
      rankings.add(of(bins.getOrDefault(cls, List.of())));
    }
    return rankings;
  }

  /** Returns the weights of the examples by their score of class 1, the highest score first. */
  static List<ScoreCount> scores(JavaRDD<PredictionBlock> predictions) {
    List<ScoreCount> scores = new ArrayList<>();
    for (ScorePack pack :
        ScoreWeights.collect(predictions, new ScoreWeights.Keys(1, 1, DROPPED_BITS))) {
      for (int i = 0; i < pack.keys().length; i++) {
        float score = ScoreWeights.Keys.score(pack.keys()[i] << DROPPED_BITS);
        if (pack.positives()[i] + pack.negatives()[i] > 0) {
          scores.add(new ScoreCount(score, pack.positives()[i], pack.negatives()[i]));
        }
      }
    }
    scores.sort(Comparator.comparing(ScoreCount::score).reversed());
    return scores;
  }

  private static void add(ScorePack pack, Map<Integer, List<Bin>> bins) {
    for (int i = 0; i < pack.keys().length; i++) {
      long key = pack.keys()[i];
      bins.computeIfAbsent(ScoreWeights.Keys.cls(key), cls -> new ArrayList<>())
          .add(new Bin(key & 0xffffffffL, pack.positives()[i], pack.negatives()[i]));
    }
  }

  /** Returns the keys of the bins of some classes. */
  static ScoreWeights.Keys keys(int classes) {
    return new ScoreWeights.Keys(0, classes - 1, DROPPED_BITS);
  }

  /** The sums of the weights of the examples whose score falls into one bin. */
  record Bin(long score, double positives, double negatives) {
    double weight() {
      return positives + negatives;
    }
  }

  /** Returns the ranking of examples with these scores, in any order. */
  static Ranking of(List<Bin> bins) {
    List<Bin> descending =
        bins.stream()
            .filter(bin -> bin.weight() > 0)
            .sorted(Comparator.comparingLong(Bin::score).reversed())
            .toList();
    double positives = descending.stream().map(Bin::positives).reduce(0.0, Double::sum);
    double negatives = descending.stream().map(Bin::negatives).reduce(0.0, Double::sum);
    if (positives == 0 || negatives == 0) {
      return Ranking.UNDEFINED;
    }
    return new Ranking(
        Optional.of(rocAuc(descending, positives, negatives)),
        Optional.of(averagePrecision(descending, positives)),
        Optional.of(lift(descending, positives, positives + negatives)));
  }

  /** The Mann-Whitney statistic with ties counted half (Hanley and McNeil 1982). */
  private static double rocAuc(List<Bin> descending, double positives, double negatives) {
    double below = negatives;
    double orderedPairs = 0;
    for (Bin bin : descending) {
      below -= bin.negatives();
      orderedPairs += bin.positives() * (below + bin.negatives() / 2);
    }
    return orderedPairs / (positives * negatives);
  }

  /** The sum of precision times increase of recall over all scores, without interpolation. */
  private static double averagePrecision(List<Bin> descending, double positives) {
    double found = 0;
    double weight = 0;
    double sum = 0;
    for (Bin bin : descending) {
      found += bin.positives();
      weight += bin.weight();
      sum += bin.positives() * (found / weight);
    }
    return sum / positives;
  }

  private static double lift(List<Bin> descending, double positives, double weight) {
    double top = weight * TOP;
    double left = top;
    double found = 0;
    for (Bin bin : descending) {
      double taken = Math.min(left, bin.weight());
      found += taken * bin.positives() / bin.weight();
      left -= taken;
    }
    return found / top / (positives / weight);
  }
}
