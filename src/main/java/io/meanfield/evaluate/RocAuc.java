package io.meanfield.evaluate;

import io.meanfield.evaluate.metric.PredictionBlock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * The area under the ROC curve of each class against the rest, as the Mann-Whitney statistic with
 * ties counted half (Hanley and McNeil 1982). Scores are compared by their sign, exponent and upper
 * 15 bits of mantissa: two that differ by less than 0.003 % of their size count as a tie, so memory
 * does not grow with the number of examples.
 */
final class RocAuc {
  private static final int DROPPED_BITS = 8;

  private RocAuc() {}

  /**
   * Returns one value for each class or label; empty for a class that has no examples, or all of
   * them.
   */
  static List<Optional<Double>> of(JavaRDD<PredictionBlock> predictions, int classes) {
    Map<Integer, List<Bin>> bins = new HashMap<>();
    predictions
        .flatMapToPair(block -> bins(block).iterator())
        .reduceByKey((a, b) -> new long[] {a[0] + b[0], a[1] + b[1]})
        .collect()
        .forEach(
            bin ->
                bins.computeIfAbsent((int) (bin._1() >>> 32), cls -> new ArrayList<>())
                    .add(new Bin(bin._1() & 0xffffffffL, bin._2()[0], bin._2()[1])));
    List<Optional<Double>> rocAucs = new ArrayList<>();
    for (int cls = 0; cls < classes; cls++) {
      rocAucs.add(area(bins.getOrDefault(cls, List.of())));
    }
    return rocAucs;
  }

  /** The numbers of examples whose score falls into one bin. */
  record Bin(long score, long positives, long negatives) {}

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

  static Optional<Double> area(List<Bin> bins) {
    List<Bin> ascending = bins.stream().sorted(Comparator.comparingLong(Bin::score)).toList();
    long positives = 0;
    long negatives = 0;
    double orderedPairs = 0;
    for (Bin bin : ascending) {
      orderedPairs += bin.positives() * (negatives + bin.negatives() / 2.0);
      positives += bin.positives();
      negatives += bin.negatives();
    }
    return positives == 0 || negatives == 0
        ? Optional.empty()
        : Optional.of(orderedPairs / ((double) positives * negatives));
  }
}
