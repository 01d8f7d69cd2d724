package io.meanfield.evaluate;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.evaluate.metric.PredictionBlock;
import io.meanfield.evaluate.threshold.ScoreCount;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * Sums, for each class and each of its scores, the weights of the examples that have the class and
 * of those that do not. Scores are compared by their sign, exponent and upper 15 bits of mantissa:
 * two that differ by less than 0.003 % of their size count as a tie, so memory does not grow with
 * the number of examples. Arrays, because objects take seconds of a JVM that has just started.
 *
 * @param partition of the predictions that contribute the weights
 * @param keys a class and a score each, ascending
 * @param positives of each key
 * @param negatives of each key
 */
@DefaultSerializer(JavaSerializer.class)
record ScoreSums(int partition, long[] keys, double[] positives, double[] negatives)
    implements Serializable {
  private static final int DROPPED_BITS = 8;
  private static final int FEW_PARTITIONS = 4;

  /**
   * Returns sums at the driver, each key in one of them; their bits depend on the partitions of the
   * predictions alone. The driver adds those of few partitions itself, because a shuffle costs a
   * small job more than the sums.
   */
  static List<ScoreSums> collect(
      JavaRDD<PredictionBlock> predictions, int firstClass, int lastClass) {
    JavaRDD<ScoreSums> sums =
        predictions.mapPartitionsWithIndex(
            (partition, blocks) -> List.of(of(partition, blocks, firstClass, lastClass)).iterator(),
            true);
    int count = predictions.getNumPartitions();
    return count > FEW_PARTITIONS
        ? sums.flatMapToPair(part -> part.divided(count).iterator())
            .groupByKey(count)
            .values()
            .map(ScoreSums::sum)
            .collect()
        : sums.collect().stream().reduce(ScoreSums::plus).stream().toList();
  }

  private static ScoreSums of(
      int partition, Iterator<PredictionBlock> blocks, int firstClass, int lastClass) {
    ScoreSums sums = new Builder().build(partition);
    while (blocks.hasNext()) {
      sums = sums.plus(of(blocks.next(), firstClass, lastClass));
    }
    return sums;
  }

  static ScoreSums of(PredictionBlock block, int firstClass, int lastClass) {
    boolean single = block.spec().isSingleLabel();
    int[] actual = // once, because it compares all classes
        IntStream.range(0, block.count()).map(row -> single ? block.actual(row) : -1).toArray();
    Builder sums = new Builder();
    for (int cls = firstClass; cls <= lastClass; cls++) {
      int scored = cls;
      long[] order =
          LongStream.range(0, block.count())
              .map(row -> rank(block.score((int) row, scored)) << Integer.SIZE | row)
              .sorted()
              .toArray();
      for (long each : order) {
        int row = (int) each;
        boolean has = single ? actual[row] == cls : block.isActual(row, cls);
        long key = (long) cls << Integer.SIZE | each >>> Integer.SIZE;
        sums.add(key, has ? block.weight(row) : 0, has ? 0 : block.weight(row));
      }
    }
    return sums.build(0);
  }

  /** Returns a whole number of at least 0 that is not smaller for a larger score. */
  static long rank(float score) {
    int bits = Float.floatToIntBits(score + 0f); // + 0 turns -0 into 0
    int ordered = bits < 0 ? ~bits : bits | 0x80000000;
    return Integer.toUnsignedLong(ordered >>> DROPPED_BITS);
  }

  /** Returns the smallest score with a rank. */
  static float score(long rank) {
    int ordered = (int) rank << DROPPED_BITS;
    return Float.intBitsToFloat(ordered < 0 ? ordered & 0x7fffffff : ~ordered);
  }

  /** Returns a score above all that count as a tie with this one. */
  static float above(float score) {
    return score(rank(score) + 1);
  }

  /** Divides the sums by their keys, in the same way for all partitions. */
  private List<Tuple2<Integer, ScoreSums>> divided(int count) {
    List<Builder> parts = Stream.generate(Builder::new).limit(count).toList();
    for (int i = 0; i < keys.length; i++) {
      int part = Math.floorMod(Long.hashCode(keys[i]), count);
      parts.get(part).add(keys[i], positives[i], negatives[i]);
    }
    return IntStream.range(0, count)
        .filter(part -> parts.get(part).size > 0)
        .mapToObj(part -> new Tuple2<>(part, parts.get(part).build(partition)))
        .toList();
  }

  /** Adds sums in the order of the partitions, and not of arrival, so that the bits are fixed. */
  static ScoreSums sum(Iterable<ScoreSums> parts) {
    return StreamSupport.stream(parts.spliterator(), false)
        .sorted(Comparator.comparingInt(ScoreSums::partition))
        .reduce(ScoreSums::plus)
        .orElseThrow();
  }

  /** Adds the weights of later examples. */
  ScoreSums plus(ScoreSums later) {
    Builder sum = new Builder();
    int mine = 0;
    int its = 0;
    while (mine < keys.length || its < later.keys.length) {
      if (its == later.keys.length || (mine < keys.length && keys[mine] <= later.keys[its])) {
        sum.add(keys[mine], positives[mine], negatives[mine++]);
      } else {
        sum.add(later.keys[its], later.positives[its], later.negatives[its++]);
      }
    }
    return sum.build(partition);
  }

  /** Adds the counts of each class by score, the highest score first. */
  void addTo(Map<Integer, List<ScoreCount>> counts) {
    for (int i = keys.length - 1; i >= 0; i--) {
      if (positives[i] + negatives[i] > 0) {
        counts
            .computeIfAbsent((int) (keys[i] >>> Integer.SIZE), cls -> new ArrayList<>())
            .add(new ScoreCount(score(keys[i]), positives[i], negatives[i]));
      }
    }
  }

  /** Collects weights in ascending order of their keys; of one key in the order of the calls. */
  private static final class Builder {
    private long[] keys = new long[64];
    private double[] positives = new double[64];
    private double[] negatives = new double[64];
    private int size;

    void add(long key, double positive, double negative) {
      if (size == 0 || keys[size - 1] != key) {
        if (size == keys.length) {
          copy(2 * size);
        }
        keys[size++] = key;
      }
      positives[size - 1] += positive;
      negatives[size - 1] += negative;
    }

    private void copy(int length) {
      keys = Arrays.copyOf(keys, length);
      positives = Arrays.copyOf(positives, length);
      negatives = Arrays.copyOf(negatives, length);
    }

    ScoreSums build(int partition) {
      copy(size);
      return new ScoreSums(partition, keys, positives, negatives);
    }
  }
}
