package io.meanfield.evaluate;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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

  /** Packs the weights of positive and negative examples by key. */
  static ScorePack of(int partition, Map<Long, double[]> weights) {
    long[] keys = weights.keySet().stream().mapToLong(Long::longValue).sorted().toArray();
    return new ScorePack(
        partition,
        keys,
        Arrays.stream(keys).mapToDouble(key -> weights.get(key)[0]).toArray(),
        Arrays.stream(keys).mapToDouble(key -> weights.get(key)[1]).toArray());
  }

  /** Adds packs in the order of the partitions, and not of arrival, so that the bits are fixed. */
  static ScorePack sum(Iterable<ScorePack> packs) {
    Map<Long, double[]> sums = new HashMap<>();
    StreamSupport.stream(packs.spliterator(), false)
        .sorted(Comparator.comparingInt(ScorePack::partition))
        .forEach(pack -> pack.addTo(sums));
    return of(0, sums);
  }

  private void addTo(Map<Long, double[]> sums) {
    for (int i = 0; i < keys.length; i++) {
      double[] sum = sums.computeIfAbsent(keys[i], key -> new double[2]);
      sum[0] += positives[i];
      sum[1] += negatives[i];
    }
  }

  /** Returns the weights as objects. */
  List<Tuple2<Long, ScoreWeights>> weights() {
    return IntStream.range(0, keys.length)
        .mapToObj(i -> new Tuple2<>(keys[i], new ScoreWeights(positives[i], negatives[i])))
        .toList();
  }
}
