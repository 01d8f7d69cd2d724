package io.meanfield.dl4jspark;

import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Keeps the shards of the RDD that was fitted last, so that a loop over epochs reads its RDD once.
 * RDDs are compared by identity, without the JavaRDD that wraps them. Driver only, not thread-safe.
 *
 * <p>Shards keep their lineage, so that Spark can recompute them after the loss of an executor. The
 * lineage refers to the RDD, so a weak reference to the RDD would never be cleared. When the
 * training master becomes unreachable, so do both, and Spark's ContextCleaner removes the shards
 * from the cache.
 */
final class ShardCache {
  private Optional<CacheEntry> entry = Optional.empty();

  private record CacheEntry(RDD<DataSet> data, int workers, ShardedData shards) {}

  /** Returns the shards of {@code data}, one for each worker, and releases those of another RDD. */
  ShardedData of(JavaRDD<DataSet> data, int workers) {
    return entry
        .filter(last -> last.data().equals(data.rdd()) && last.workers() == workers)
        .map(CacheEntry::shards)
        .orElseGet(() -> shard(data, workers));
  }

  private ShardedData shard(JavaRDD<DataSet> data, int workers) {
    release();
    ShardedData shards = ShardedData.of(data, workers);
    entry = Optional.of(new CacheEntry(data.rdd(), workers, shards));
    return shards;
  }

  void release() {
    entry.map(CacheEntry::shards).ifPresent(ShardedData::release);
    entry = Optional.empty();
  }
}
