package io.meanfield.data.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.data.parquet.BucketShuffle.BucketPartitioner;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketPartitionerTest {
  private static final int MOST = BucketShuffle.MOST_TASKS;

  // 250,000 blocks of 4 MiB have 1 TB.
  @ParameterizedTest
  @ValueSource(ints = {1, 4095, 4096, 4097, 250_000, Integer.MAX_VALUE})
  void noNumberOfBucketsNeedsMoreTasks(int buckets) {
    BucketPartitioner tasks = BucketPartitioner.of(buckets, MOST);
    assertThat(tasks.numPartitions()).isBetween(Math.min(buckets, MOST / 2), MOST);
    assertThat(tasks.getPartition(0)).isZero();
    assertThat(tasks.getPartition(buckets - 1)).isEqualTo(tasks.numPartitions() - 1);
    assertThat(tasks.first(tasks.numPartitions())).isEqualTo(buckets);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 4096, 10_000, 250_000})
  void everyTaskHasConsecutiveBuckets(int buckets) {
    BucketPartitioner tasks = BucketPartitioner.of(buckets, MOST);
    for (int task = 0; task < tasks.numPartitions(); task++) {
      assertThat(tasks.getPartition(tasks.first(task))).isEqualTo(task);
      assertThat(tasks.getPartition(tasks.first(task + 1) - 1)).isEqualTo(task);
    }
  }
}
