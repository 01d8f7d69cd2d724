package io.meanfield.dl4jspark;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.nd4j.linalg.dataset.DataSet;

/**
 * The shards of one RDD, cached on the executors. Driver only.
 *
 * @param shards worker by worker a partition
 * @param examples of all shards
 * @param largest examples of the largest shard
 */
record ShardedData(JavaRDD<WorkerShard> shards, long examples, int largest) {

  /**
   * Reads {@code data} and deals them out. Where the shapes of examples differ, Spark's exception
   * has a Complaint inside, and nothing stays cached.
   */
  static ShardedData of(JavaRDD<DataSet> data, int workers) {
    JavaRDD<WorkerShard> shards = RoundRobinSharder.partition(data, workers);
    try {
      List<Integer> sizes = shards.map(shard -> shard.rows().count()).collect();
      return new ShardedData(
          shards,
          sizes.stream().mapToLong(Integer::longValue).sum(),
          sizes.stream().mapToInt(Integer::intValue).max().orElseThrow());
    } catch (Exception e) {
      shards.unpersist();
      throw e;
    }
  }

  /** Minibatches of the worker that has most. */
  int steps(int batchSize) {
    return (int) (((long) largest + batchSize - 1) / batchSize);
  }

  /** Takes the shards out of the cache. */
  void release() {
    if (!shards.context().isStopped()) { // a stopped one has no cache, and says so by an exception
      shards.unpersist();
    }
  }
}
