package io.meanfield.evaluate;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import scala.Tuple2;

/**
 * {@link ScoreWeights} of many keys in arrays: as objects, the scores of a few thousand examples
 * take seconds to send.
 *
 * @param partition of the predictions that contribute the weights
 * @param keys ascending
 * @param positives of each key
 * @param negatives of each key
 */
@DefaultSerializer(JavaSerializer.class)
record ScorePack(int partition, long[] keys, double[] positives, double[] negatives)
    implements Serializable {

  /** Packs sums in several packs with their numbers; a key has the same number everywhere. */
  static List<Tuple2<Integer, ScorePack>> of(int partition, ScoreSums sums, int count) {
    long[] sorted = sums.sortedKeys();
    int[] sizes = new int[count];
    LongStream.of(sorted).forEach(key -> sizes[number(key, count)]++);
    long[][] parts = Arrays.stream(sizes).mapToObj(long[]::new).toArray(long[][]::new);
    Arrays.fill(sizes, 0);
    for (long key : sorted) {
      int number = number(key, count);
      parts[number][sizes[number]++] = key;
    }
    return IntStream.range(0, count)
        .filter(number -> parts[number].length > 0)
        .mapToObj(number -> new Tuple2<>(number, of(partition, sums, parts[number])))
        .toList();
  }

  private static int number(long key, int count) {
    return Math.floorMod(Long.hashCode(key), count);
  }

  /** Packs all sums. */
  static ScorePack of(int partition, ScoreSums sums) {
    return of(partition, sums, sums.sortedKeys());
  }

  private static ScorePack of(int partition, ScoreSums sums, long[] keys) {
    return new ScorePack(
        partition,
        keys,
        LongStream.of(keys).mapToDouble(sums::positive).toArray(),
        LongStream.of(keys).mapToDouble(sums::negative).toArray());
  }

  /** Adds packs in the order of the partitions, and not of arrival, so that the bits are fixed. */
  static ScorePack sum(Iterable<ScorePack> packs) {
    ScoreSums sums = new ScoreSums();
    StreamSupport.stream(packs.spliterator(), false)
        .sorted(Comparator.comparingInt(ScorePack::partition))
        .forEach(pack -> pack.addTo(sums));
    return of(0, sums);
  }

  /** Adds the weights of a later partition. */
  ScorePack plus(ScorePack later) {
    int most = keys.length + later.keys.length;
    ScorePack sum = new ScorePack(partition, new long[most], new double[most], new double[most]);
    int size = 0;
    int mine = 0;
    int its = 0;
    while (mine < keys.length || its < later.keys.length) {
      long key = Math.min(key(mine), later.key(its));
      sum.keys[size] = key;
      if (key(mine) == key) {
        sum.add(size, this, mine++);
      }
      if (later.key(its) == key) {
        sum.add(size, later, its++);
      }
      size++;
    }
    return new ScorePack(
        partition,
        Arrays.copyOf(sum.keys, size),
        Arrays.copyOf(sum.positives, size),
        Arrays.copyOf(sum.negatives, size));
  }

  private long key(int index) {
    return index < keys.length ? keys[index] : Long.MAX_VALUE;
  }

  private void add(int index, ScorePack other, int at) {
    positives[index] += other.positives[at];
    negatives[index] += other.negatives[at];
  }

  private void addTo(ScoreSums sums) {
    for (int i = 0; i < keys.length; i++) {
      sums.add(keys[i], positives[i], negatives[i]);
    }
  }

  /** Returns the weights as objects. */
  List<Tuple2<Long, ScoreWeights>> weights() {
    return IntStream.range(0, keys.length)
        .mapToObj(i -> new Tuple2<>(keys[i], new ScoreWeights(positives[i], negatives[i])))
        .toList();
  }
}
