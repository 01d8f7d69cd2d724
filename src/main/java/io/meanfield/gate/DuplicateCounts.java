package io.meanfield.gate;

import io.meanfield.data.Dataset;
import io.meanfield.data.Examples;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.spark.api.java.JavaPairRDD;
import scala.Tuple2;

/**
 * How many examples have features that occur more than once. Features are compared by the first 64
 * bits of their SHA-256: of a billion different examples, less than one pair is taken as equal.
 *
 * @param repeated training examples whose features another training example has had before
 * @param shared test examples whose features a training example has
 */
record DuplicateCounts(long training, long repeated, long test, long shared) {
  private static final int TRAINING = 0;
  private static final int TEST = 1;

  /** Counts the duplicates of a data set with and without another one; reads every example. */
  static DuplicateCounts of(Dataset training, Optional<Dataset> test) {
    JavaPairRDD<Long, long[]> keys = keys(training, TRAINING);
    long[] totals =
        test.map(data -> keys.union(keys(data, TEST)))
            .orElse(keys)
            .reduceByKey(DuplicateCounts::sum)
            .values()
            .map(DuplicateCounts::duplicates)
            .fold(new long[2], DuplicateCounts::sum);
    return new DuplicateCounts(
        training.count(), totals[TRAINING], test.map(Dataset::count).orElse(0L), totals[TEST]);
  }

  private static JavaPairRDD<Long, long[]> keys(Dataset data, int part) {
    return data.blocks().flatMapToPair(block -> keys(block, part).iterator());
  }

  private static List<Tuple2<Long, long[]>> keys(Examples block, int part) {
    MessageDigest digest = DigestUtils.getSha256Digest();
    ByteBuffer bytes = ByteBuffer.allocate(block.features().bytes());
    List<Tuple2<Long, long[]>> keys = new ArrayList<>(block.count());
    for (int row = 0; row < block.count(); row++) {
      block.features().put(row, bytes.clear());
      digest.update(bytes.flip());
      long[] one = new long[2];
      one[part] = 1;
      keys.add(new Tuple2<>(ByteBuffer.wrap(digest.digest()).getLong(), one));
    }
    return keys;
  }

  private static long[] sum(long[] one, long[] other) {
    return new long[] {one[0] + other[0], one[1] + other[1]};
  }

  private static long[] duplicates(long[] counts) {
    return new long[] {Math.max(0, counts[TRAINING] - 1), counts[TRAINING] > 0 ? counts[TEST] : 0};
  }

  double repeatedShare() {
    return repeated / (double) Math.max(1, training);
  }

  double sharedShare() {
    return shared / (double) Math.max(1, test);
  }
}
