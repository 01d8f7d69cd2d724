package io.meanfield.evaluate;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.evaluate.metric.PredictionBlock;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
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
  private static final int FEW_PARTITIONS = 4;

  /** What distinguishes the scores. */
  @DefaultSerializer(JavaSerializer.class)
  record Keys(int firstClass, int lastClass, int droppedBits) implements Serializable {
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

  /**
   * Returns the same sums at the driver. It adds those of few partitions itself, because a shuffle
   * costs a small job more than the sums.
   */
  static List<ScorePack> collect(JavaRDD<PredictionBlock> predictions, Keys keys) {
    return predictions.getNumPartitions() > FEW_PARTITIONS
        ? packs(predictions, keys).collect()
        : predictions
            .mapPartitionsWithIndex((partition, blocks) -> pack(partition, blocks, keys), true)
            .collect()
            .stream()
            .reduce(ScorePack::plus)
            .stream()
            .toList();
  }

  private static Iterator<ScorePack> pack(
      int partition, Iterator<PredictionBlock> blocks, Keys keys) {
    return List.of(ScorePack.of(partition, sums(blocks, keys))).iterator();
  }

  private static Iterator<Tuple2<Integer, ScorePack>> parts(
      int partition, Iterator<PredictionBlock> blocks, Keys keys, int count) {
    return ScorePack.of(partition, sums(blocks, keys), count).iterator();
  }

  private static ScoreSums sums(Iterator<PredictionBlock> blocks, Keys keys) {
    ScoreSums sums = new ScoreSums();
    blocks.forEachRemaining(block -> add(block, keys, sums));
    return sums;
  }

  private static void add(PredictionBlock block, Keys keys, ScoreSums sums) {
    boolean single = block.spec().isSingleLabel();
    for (int row = 0; row < block.count(); row++) {
      double weight = block.weight(row);
      int actual = single ? block.actual(row) : -1; // once, because it compares all classes
      for (int cls = keys.firstClass(); cls <= keys.lastClass(); cls++) {
        boolean has = single ? actual == cls : block.isActual(row, cls);
        sums.add(keys.of(cls, block.score(row, cls)), has ? weight : 0, has ? 0 : weight);
      }
    }
  }
}
