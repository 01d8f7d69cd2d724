package io.meanfield.evaluate;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.evaluate.metric.PredictionBlock;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.IntStream;
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
    return packs(predictions, keys).flatMapToPair(pack -> pack.weights().iterator());
  }

  /** Returns the same sums, each in one of the packs. */
  static JavaRDD<ScorePack> packs(JavaRDD<PredictionBlock> predictions, Keys keys) {
    int count = Math.max(1, predictions.getNumPartitions());
    return predictions
        .mapPartitionsWithIndex((partition, blocks) -> parts(partition, blocks, keys, count), true)
        .mapToPair(part -> part)
        .groupByKey(count)
        .values()
        .map(ScorePack::sum);
  }

  private static Iterator<Tuple2<Integer, ScorePack>> parts(
      int partition, Iterator<PredictionBlock> blocks, Keys keys, int count) {
    Map<Long, double[]> sums = new HashMap<>();
    blocks.forEachRemaining(block -> add(block, keys, sums));
    Map<Integer, Map<Long, double[]>> parts = new HashMap<>();
    sums.forEach(
        (key, sum) ->
            parts
                .computeIfAbsent(Math.floorMod(Long.hashCode(key), count), part -> new HashMap<>())
                .put(key, sum));
    return parts.entrySet().stream()
        .map(part -> new Tuple2<>(part.getKey(), ScorePack.of(partition, part.getValue())))
        .iterator();
  }

  private static void add(PredictionBlock block, Keys keys, Map<Long, double[]> sums) {
    for (int row = 0; row < block.count(); row++) {
      int example = row;
      keys.classes()
          .forEach(
              cls ->
                  sums.computeIfAbsent(
                              keys.of(cls, block.score(example, cls)), key -> new double[2])[
                          block.isActual(example, cls) ? 0 : 1] +=
                      block.weight(example));
    }
  }
}
