package io.meanfield.dl4jspark;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.nd4j.linalg.dataset.DataSet;

/**
 * The shards of one RDD, cached on the executors. Driver only.
 *
 * @param shards one shard in each partition, in the order of the workers
 * @param examples number of examples of all shards
 * @param largest number of examples of the largest shard
 */
record ShardedData(JavaRDD<WorkerShard> shards, long examples, int largest) {

  /**
   * Reads {@code data} and assigns its examples to the workers. If the shapes of examples differ,
   * throws a SparkException with a UserException among its causes, and no shards stay cached.
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

  /** Returns the number of minibatches of the worker that has the most examples. */
  int steps(int batchSize) {
    return (int) (((long) largest + batchSize - 1) / batchSize);
  }

  /** Removes the shards from the cache. */
  void release() {
    if (!shards.context().isStopped()) { // unpersist throws on a stopped context
      shards.unpersist();
    }
  }
}
