package io.meanfield.dl4jspark;

import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.nd4j.linalg.dataset.DataSet;

/**
 * The shards of the RDD that was fitted last, so that a loop over epochs reads its RDD once. An RDD
 * is known by its identity, whatever JavaRDD wraps it. Driver only, not thread-safe.
 *
 * <p>Shards remember how they were made, to be made again where an executor is lost, and so hold on
 * to their RDD: a weak reference to it would never be cleared. Who forgets the training master
 * frees both; Spark's own cleaner then takes the shards out of the cache.
 */
final class ShardCache {
  private final int workers;
  private Optional<CacheEntry> entry = Optional.empty();

  private record CacheEntry(RDD<DataSet> data, ShardedData shards) {}

  ShardCache(int workers) {
    this.workers = workers;
  }

  /** The shards of {@code data}; those of another RDD are released. */
  ShardedData of(JavaRDD<DataSet> data) {
    return entry
        .filter(last -> last.data().equals(data.rdd()))
        .map(CacheEntry::shards)
        .orElseGet(() -> deal(data));
  }

  private ShardedData deal(JavaRDD<DataSet> data) {
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
