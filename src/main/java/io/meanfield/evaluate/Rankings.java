package io.meanfield.evaluate;

import io.meanfield.evaluate.metric.PredictionBlock;
import io.meanfield.evaluate.metric.Ranking;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * How well the scores of each class against the rest rank the examples, computed from the numbers
 * of positive and negative examples for each score. Scores are compared by their sign, exponent and
 * upper 15 bits of mantissa: two that differ by less than 0.003 % of their size count as a tie, so
 * memory does not grow with the number of examples.
 */
final class Rankings {
  private static final int DROPPED_BITS = 8;
  private static final double TOP = 0.1;

  private Rankings() {}

  /** Returns one ranking for each class or label. */
  static List<Ranking> of(JavaRDD<PredictionBlock> predictions, int classes) {
    Map<Integer, List<Bin>> bins = new HashMap<>();
    predictions
        .flatMapToPair(block -> bins(block).iterator())
        .reduceByKey((a, b) -> new long[] {a[0] + b[0], a[1] + b[1]})
        .collect()
        .forEach(
            bin ->
                bins.computeIfAbsent((int) (bin._1() >>> 32), cls -> new ArrayList<>())
                    .add(new Bin(bin._1() & 0xffffffffL, bin._2()[0], bin._2()[1])));
    List<Ranking> rankings = new ArrayList<>();
    for (int cls = 0; cls < classes; cls++) {
      rankings.add(of(bins.getOrDefault(cls, List.of())));
    }
    return rankings;
  }

  /** The numbers of examples whose score falls into one bin. */
  record Bin(long score, long positives, long negatives) {
    long examples() {
      return positives + negatives;
    }
  }

  private static List<Tuple2<Long, long[]>> bins(PredictionBlock block) {
    Map<Long, long[]> counts = new HashMap<>();
    for (int row = 0; row < block.count(); row++) {
      for (int cls = 0; cls < block.spec().classes(); cls++) {
        long key = ((long) cls << 32) | rank(block.score(row, cls));
        long[] count = counts.computeIfAbsent(key, any -> new long[2]);
        count[block.isActual(row, cls) ? 0 : 1]++;
      }
    }
    List<Tuple2<Long, long[]>> bins = new ArrayList<>();
    counts.forEach((key, count) -> bins.add(new Tuple2<>(key, count)));
    return bins;
  }

  /** Returns a whole number that is larger for a larger score. */
  static long rank(float score) {
    int bits = Float.floatToIntBits(score + 0f); // + 0 turns -0 into 0
    int ordered = bits < 0 ? ~bits : bits | 0x80000000;
    return Integer.toUnsignedLong(ordered >>> DROPPED_BITS);
  }

  /** Returns the ranking of examples with these scores, in any order. */
  static Ranking of(List<Bin> bins) {
    long positives = bins.stream().mapToLong(Bin::positives).sum();
    long negatives = bins.stream().mapToLong(Bin::negatives).sum();
    if (positives == 0 || negatives == 0) {
      return Ranking.UNDEFINED;
    }
    List<Bin> descending =
        bins.stream().sorted(Comparator.comparingLong(Bin::score).reversed()).toList();
    return new Ranking(
        Optional.of(rocAuc(descending, positives, negatives)),
        Optional.of(averagePrecision(descending, positives)),
        Optional.of(lift(descending, positives, positives + negatives)));
  }

  /** The Mann-Whitney statistic with ties counted half (Hanley and McNeil 1982). */
  private static double rocAuc(List<Bin> descending, long positives, long negatives) {
    long below = negatives;
    double orderedPairs = 0;
    for (Bin bin : descending) {
      below -= bin.negatives();
      orderedPairs += bin.positives() * (below + bin.negatives() / 2.0);
    }
    return orderedPairs / ((double) positives * negatives);
  }

  /** The sum of precision times increase of recall over all scores, without interpolation. */
  private static double averagePrecision(List<Bin> descending, long positives) {
    long found = 0;
    long examples = 0;
    double sum = 0;
    for (Bin bin : descending) {
      found += bin.positives();
      examples += bin.examples();
      sum += bin.positives() * ((double) found / examples);
    }
    return sum / positives;
  }

  private static double lift(List<Bin> descending, long positives, long examples) {
    double top = examples * TOP;
    double left = top;
    double found = 0;
    for (Bin bin : descending) {
      double taken = Math.min(left, bin.examples());
      found += taken * bin.positives() / bin.examples();
      left -= taken;
    }
    return found / top / ((double) positives / examples);
  }
}
