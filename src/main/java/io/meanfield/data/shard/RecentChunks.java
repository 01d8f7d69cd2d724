package io.meanfield.data.shard;

import io.meanfield.data.Examples;
import java.lang.ref.SoftReference;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkEnv;

/**
 * The chunks that the tasks of this process read last. A chunk lasts for many rounds, and with a
 * Spark job for each round, a chunk on the disk would be read again in each of them. There are at
 * most as many as the tasks that run at the same time hold anyway; the garbage collector removes
 * them if memory is short. Only for speed: a chunk that is missing is read from Spark's cache.
 */
final class RecentChunks {
  private static final Map<Integer, SoftReference<Examples>> CHUNKS =
      new LinkedHashMap<>(16, 0.75f, true);
  private static Optional<SparkEnv> application = Optional.empty();
  private static int data;
  private static int held;
  private static int most;

  private RecentChunks() {}

  /** Notes that a task begins which holds this number of chunks. */
  static synchronized void begin(int chunks) {
    held += chunks;
    most = Math.max(most, held);
  }

  /** Notes that a task ended which held this number of chunks. */
  static synchronized void end(int chunks) {
    held -= chunks;
  }

  /** Returns a chunk of an RDD; empty if it is not among the chunks that were read last. */
  static synchronized Optional<Examples> find(int rdd, int partition) {
    return isCurrent(rdd)
        ? Optional.ofNullable(CHUNKS.get(partition)).map(SoftReference::get)
        : Optional.empty();
  }

  static boolean holds(int rdd, int partition) {
    return find(rdd, partition).isPresent();
  }

  /** Adds a chunk, and forgets the one that was not read for longest, and chunks of other RDDs. */
  static synchronized void add(int rdd, int partition, Examples chunk) {
    if (!isCurrent(rdd)) {
      CHUNKS.clear();
      application = Optional.of(SparkEnv.get());
      data = rdd;
      most = held;
    }
    CHUNKS.put(partition, new SoftReference<>(chunk));
    Iterator<Integer> oldest = CHUNKS.keySet().iterator();
    while (CHUNKS.size() > most) {
      oldest.next();
      oldest.remove();
    }
  }

  // Another application in this process counts its RDDs from 0 again.
  private static boolean isCurrent(int rdd) {
    return rdd == data && application.filter(known -> known == SparkEnv.get()).isPresent();
  }
}
