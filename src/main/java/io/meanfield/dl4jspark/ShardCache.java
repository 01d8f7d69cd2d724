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
  private final int workers;
  private Optional<CacheEntry> entry = Optional.empty();

  private record CacheEntry(RDD<DataSet> data, ShardedData shards) {}

  ShardCache(int workers) {
    this.workers = workers;
  }

  /** Returns the shards of {@code data} and releases those of another RDD. */
  ShardedData of(JavaRDD<DataSet> data) {
    return entry
        .filter(last -> last.data().equals(data.rdd()))
        .map(CacheEntry::shards)
        .orElseGet(() -> shard(data));
  }

  private ShardedData shard(JavaRDD<DataSet> data) {
    release();
    ShardedData shards = ShardedData.of(data, workers);
    entry = Optional.of(new CacheEntry(data.rdd(), shards));
    return shards;
  }

  void release() {
    entry.map(CacheEntry::shards).ifPresent(ShardedData::release);
    entry = Optional.empty();
  }
}
