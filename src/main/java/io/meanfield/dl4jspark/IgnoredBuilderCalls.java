package io.meanfield.dl4jspark;

import org.apache.spark.storage.StorageLevel;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.api.RepartitionStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls of {@code ParameterAveragingTrainingMaster.Builder} that have no effect in this
 * trainer. A program that changes only the name of its builder compiles; each call logs a warning
 * that gives the reason.
 *
 * @param <B> the builder
 */
abstract class IgnoredBuilderCalls<B extends IgnoredBuilderCalls<B>> {
  private static final Logger LOG = LoggerFactory.getLogger(IgnoredBuilderCalls.class);

  abstract B self();

  /** Has no effect, because weights are summed in a fixed order. */
  public B aggregationDepth(int depth) {
    return ignored("aggregationDepth", "weights are summed in a fixed order, without a tree");
  }

  /** Has no effect, because minibatches are in the memory of the executor. */
  public B workerPrefetchNumBatches(int batches) {
    return ignored("workerPrefetchNumBatches", "shards are in the executors' memory");
  }

  /** Has no effect, because examples are distributed to the workers in turn. */
  public B repartionData(Repartition repartition) {
    return ignored("repartionData", "examples are distributed to the workers in turn");
  }

  /** Has no effect, because examples are distributed to the workers in turn. */
  public B repartitionStrategy(RepartitionStrategy strategy) {
    return ignored("repartitionStrategy", "examples are distributed to the workers in turn");
  }

  /** Has no effect, because the RDD is read once and its shards are cached. */
  public B storageLevel(StorageLevel level) {
    return ignored("storageLevel", "shards are cached in memory or on disk (MEMORY_AND_DISK)");
  }

  /** Has no effect, because the RDD is read once and its shards are cached. */
  public B storageLevelStreams(StorageLevel level) {
    return ignored("storageLevelStreams", "no RDD of streams is cached");
  }

  /** Has no effect, because no files are exported. */
  public B rddTrainingApproach(RDDTrainingApproach approach) {
    return ignored("rddTrainingApproach", "the RDD is trained on without an export to files");
  }

  /** Has no effect, because no files are exported. */
  public B exportDirectory(String directory) {
    return ignored("exportDirectory", "the RDD is trained on without an export to files");
  }

  private B ignored(String call, String reason) {
    LOG.warn("{} has no effect: {}", call, reason);
    return self();
  }
}
