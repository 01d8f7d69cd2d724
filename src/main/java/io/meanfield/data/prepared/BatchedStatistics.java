package io.meanfield.data.prepared;

import io.meanfield.data.Dataset;
import io.meanfield.data.Examples;
import io.meanfield.data.table.FeatureStatistics;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;

/**
 * Adds up the statistics of blocks in the order of the blocks, so that the sum has the same bits on
 * every cluster; driver only. Those of a block of wide examples have half as many bytes as the
 * block, so the driver collects them from some partitions at a time.
 */
final class BatchedStatistics {
  // An eighth of the default of spark.driver.maxResultSize, which bounds the results of a job.
  private static final long BATCH_BYTES = 128L << 20;
  private static final int FEATURE_BYTES = 2 * Double.BYTES;

  private BatchedStatistics() {}

  /** Returns the statistics of all examples. Reads every example. */
  static FeatureStatistics of(Dataset data) {
    long exampleBytes = (long) data.width() * (data.hasImages() ? Byte.BYTES : Float.BYTES);
    int size = Dataset.blockSize(exampleBytes);
    long blocks = (data.count() + size - 1) / size;
    int batch = batch(blocks, data.blocks().getNumPartitions(), data.width());
    return of(data.blocks(), data.width(), batch);
  }

  /** Returns the number of partitions whose statistics the driver holds at the same time. */
  static int batch(long blocks, int partitions, int width) {
    long partitionBlocks = Math.max(1, (blocks + partitions - 1) / partitions);
    long fitting = BATCH_BYTES / (partitionBlocks * FEATURE_BYTES * width);
    return (int) Math.max(1, Math.min(partitions, fitting));
  }

  /**
   * Returns the statistics of all examples.
   *
   * @param batch the number of partitions of a job
   */
  static FeatureStatistics of(JavaRDD<Examples> blocks, int width, int batch) {
    JavaRDD<FeatureStatistics> statistics = blocks.map(FeatureStatistics::of);
    int partitions = statistics.getNumPartitions();
    FeatureStatistics sum = FeatureStatistics.none(width);
    for (int first = 0; first < partitions; first += batch) {
      int[] ids = IntStream.range(first, Math.min(partitions, first + batch)).toArray();
      for (List<FeatureStatistics> partition : statistics.collectPartitions(ids)) {
        sum = partition.stream().reduce(sum, FeatureStatistics::plus);
      }
    }
    return sum;
  }
}
