package io.meanfield.evaluate;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.evaluate.metric.PredictionBlock;
import java.io.Serializable;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * Sums, for each class and each of its scores, the weights of the examples that have the class and
 * of those that do not.
 *
 * @param positives the sum of the weights of the examples that have the class
 * @param negatives the sum of the weights of the others
 */
@DefaultSerializer(JavaSerializer.class)
record ScoreWeights(double positives, double negatives) implements Serializable {
  private static final ScoreWeights NONE = new ScoreWeights(0, 0);

  ScoreWeights plus(ScoreWeights other) {
    return new ScoreWeights(positives + other.positives, negatives + other.negatives);
  }

  /** The weights that one partition contributes. */
  @DefaultSerializer(JavaSerializer.class)
  private record Part(int partition, ScoreWeights weights) implements Serializable {}

  /** What distinguishes the scores. */
  @DefaultSerializer(JavaSerializer.class)
  record Keys(int firstClass, int lastClass, int droppedBits) implements Serializable {
    private IntStream classes() {
      return IntStream.rangeClosed(firstClass, lastClass);
    }

    private long of(int cls, float score) {
      return ((long) cls << Integer.SIZE) | rank(score);
    }

    /** Returns a whole number of at least 0 that is not smaller for a larger score. */
    long rank(float score) {
      int bits = Float.floatToIntBits(score + 0f); // + 0 turns -0 into 0
      int ordered = bits < 0 ? ~bits : bits | 0x80000000;
      return Integer.toUnsignedLong(ordered >>> droppedBits);
    }

    /** Returns the score of a key; no bits may be dropped. */
    static float score(long key) {
      int ordered = (int) key;
      return Float.intBitsToFloat(ordered < 0 ? ordered & 0x7fffffff : ~ordered);
    }

    static int cls(long key) {
      return (int) (key >>> Integer.SIZE);
    }
  }

  /** Returns the sums by key; their bits depend on the partitions of the predictions alone. */
  static JavaPairRDD<Long, ScoreWeights> of(JavaRDD<PredictionBlock> predictions, Keys keys) {
    return predictions
        .mapPartitionsWithIndex((partition, blocks) -> parts(partition, blocks, keys), true)
        .mapToPair(part -> part)
        .groupByKey()
        .mapValues(ScoreWeights::sum);
  }

  private static Iterator<Tuple2<Long, Part>> parts(
      int partition, Iterator<PredictionBlock> blocks, Keys keys) {
    Map<Long, ScoreWeights> sums = new HashMap<>();
    blocks.forEachRemaining(block -> add(block, keys, sums));
    return sums.entrySet().stream()
        .map(sum -> new Tuple2<>(sum.getKey(), new Part(partition, sum.getValue())))
        .iterator();
  }

  private static void add(PredictionBlock block, Keys keys, Map<Long, ScoreWeights> sums) {
    for (int row = 0; row < block.count(); row++) {
      int example = row;
      keys.classes()
          .forEach(
              cls ->
                  sums.merge(
                      keys.of(cls, block.score(example, cls)),
                      of(block.isActual(example, cls), block.weight(example)),
                      ScoreWeights::plus));
    }
  }

  private static ScoreWeights of(boolean positive, double weight) {
    return positive ? new ScoreWeights(weight, 0) : new ScoreWeights(0, weight);
  }

  // In the order of the partitions, and not of arrival, so that the bits of the sum are fixed.
  private static ScoreWeights sum(Iterable<Part> parts) {
    return StreamSupport.stream(parts.spliterator(), false)
        .sorted(Comparator.comparingInt(Part::partition))
        .map(Part::weights)
        .reduce(NONE, ScoreWeights::plus);
  }
}
