package io.meanfield.evaluate;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.evaluate.metric.PredictionBlock;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * The area under the ROC curve of each class against the rest, as the Mann-Whitney statistic with
 * ties counted half (Hanley and McNeil 1982); a pair of examples counts the product of their
 * weights. Scores are compared by their sign, exponent and upper 15 bits of mantissa: two that
 * differ by less than 0.003 % of their size count as a tie, so memory does not grow with the number
 * of examples.
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
        .mapPartitionsWithIndex(RocAuc::bins, true)
        .mapToPair(bin -> bin)
        .groupByKey()
        .mapValues(RocAuc::sum)
        .collect()
        .forEach(
            bin ->
                bins.computeIfAbsent((int) (bin._1() >>> 32), cls -> new ArrayList<>())
                    .add(
                        new Bin(
                            bin._1() & 0xffffffffL, bin._2().positives(), bin._2().negatives())));
    List<Optional<Double>> rocAucs = new ArrayList<>();
    for (int cls = 0; cls < classes; cls++) {
      rocAucs.add(area(bins.getOrDefault(cls, List.of())));
    }
    return rocAucs;
  }

  /** The sums of the weights of the examples whose score falls into one bin. */
  record Bin(long score, double positives, double negatives) {}

  /** The part of a bin that one partition contributes. */
  @DefaultSerializer(JavaSerializer.class)
  private record BinPart(int partition, double positives, double negatives)
      implements Serializable {
    static final BinPart NONE = new BinPart(0, 0, 0);

    BinPart plus(BinPart other) {
      return new BinPart(partition, positives + other.positives, negatives + other.negatives);
    }
  }

  private static Iterator<Tuple2<Long, BinPart>> bins(
      int partition, Iterator<PredictionBlock> blocks) {
    Map<Long, double[]> sums = new HashMap<>();
    blocks.forEachRemaining(block -> add(block, sums));
    return sums.entrySet().stream()
        .map(
            bin ->
                new Tuple2<>(
                    bin.getKey(), new BinPart(partition, bin.getValue()[0], bin.getValue()[1])))
        .iterator();
  }

  private static void add(PredictionBlock block, Map<Long, double[]> sums) {
    for (int row = 0; row < block.count(); row++) {
      for (int cls = 0; cls < block.spec().classes(); cls++) {
        long key = ((long) cls << 32) | rank(block.score(row, cls));
        double[] sum = sums.computeIfAbsent(key, any -> new double[2]);
        sum[block.isActual(row, cls) ? 0 : 1] += block.weight(row);
      }
    }
  }

  // In the order of the partitions, and not of arrival, so that the bits of the sum are fixed.
  private static BinPart sum(Iterable<BinPart> parts) {
    return StreamSupport.stream(parts.spliterator(), false)
        .sorted(Comparator.comparingInt(BinPart::partition))
        .reduce(BinPart.NONE, BinPart::plus);
  }

  /** Returns a whole number that is larger for a larger score. */
  static long rank(float score) {
    int bits = Float.floatToIntBits(score + 0f); // + 0 turns -0 into 0
    int ordered = bits < 0 ? ~bits : bits | 0x80000000;
    return Integer.toUnsignedLong(ordered >>> DROPPED_BITS);
  }

  static Optional<Double> area(List<Bin> bins) {
    List<Bin> ascending = bins.stream().sorted(Comparator.comparingLong(Bin::score)).toList();
    double positives = 0;
    double negatives = 0;
    double orderedPairs = 0;
    for (Bin bin : ascending) {
      orderedPairs += bin.positives() * (negatives + bin.negatives() / 2);
      positives += bin.positives();
      negatives += bin.negatives();
    }
    return positives == 0 || negatives == 0
        ? Optional.empty()
        : Optional.of(orderedPairs / (positives * negatives));
  }
}
