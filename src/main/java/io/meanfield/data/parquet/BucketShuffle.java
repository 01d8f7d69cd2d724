package io.meanfield.data.parquet;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * Shuffles slices of rows to numbered buckets. The number of buckets depends on the data alone;
 * many of them share tasks. A task has one bucket after the other in memory.
 */
final class BucketShuffle {
  /** The number of tasks at most: Spark plans each of them on the driver. */
  static final int MOST_TASKS = 4096;

  private BucketShuffle() {}

  /**
   * A bucket; exists in a task only.
   *
   * @param slices in any order; none if no row belongs to the bucket
   */
  record Bucket<S>(int number, List<S> slices) {}

  /**
   * Returns the buckets in ascending order.
   *
   * @param slices by the numbers of their buckets, which are below {@code buckets}
   */
  static <S> JavaRDD<Bucket<S>> of(JavaPairRDD<Integer, S> slices, int buckets) {
    return of(slices, buckets, MOST_TASKS);
  }

  static <S> JavaRDD<Bucket<S>> of(JavaPairRDD<Integer, S> slices, int buckets, int mostTasks) {
    BucketPartitioner tasks = BucketPartitioner.of(buckets, mostTasks);
    return slices
        .repartitionAndSortWithinPartitions(tasks)
        .mapPartitionsWithIndex(
            (task, sorted) -> new Buckets<>(sorted, tasks.first(task), tasks.first(task + 1)),
            true);
  }

  /** Gives consecutive buckets to each task, the same number to all tasks but the last one. */
  static final class BucketPartitioner extends Partitioner {
    private static final long serialVersionUID = 1L;

    private final int buckets;
    private final int bucketsOfTask;

    private BucketPartitioner(int buckets, int bucketsOfTask) {
      this.buckets = buckets;
      this.bucketsOfTask = bucketsOfTask;
    }

    static BucketPartitioner of(int buckets, int mostTasks) {
      return new BucketPartitioner(buckets, Math.max(1, ceilDiv(buckets, mostTasks)));
    }

    private static int ceilDiv(int number, int divisor) {
      return (int) (((long) number + divisor - 1) / divisor);
    }

    @Override
    public int numPartitions() {
      return ceilDiv(buckets, bucketsOfTask);
    }

    @Override
    public int getPartition(Object bucket) {
      return (Integer) bucket / bucketsOfTask;
    }

    /** Returns the first bucket of a task. */
    int first(int task) {
      return (int) Math.min(buckets, (long) task * bucketsOfTask);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof BucketPartitioner same
          && same.buckets == buckets
          && same.bucketsOfTask == bucketsOfTask;
    }

    @Override
    public int hashCode() {
      return 31 * buckets + bucketsOfTask;
    }
  }

  /** The buckets of a task, from slices that are sorted by the numbers of their buckets. */
  private static final class Buckets<S> implements Iterator<Bucket<S>> {
    private final Iterator<Tuple2<Integer, S>> slices;
    private final int end;
    private int number;
    private Optional<Tuple2<Integer, S>> ahead;

    Buckets(Iterator<Tuple2<Integer, S>> slices, int first, int end) {
      this.slices = slices;
      this.number = first;
      this.end = end;
      this.ahead = read();
    }

    private Optional<Tuple2<Integer, S>> read() {
      return slices.hasNext() ? Optional.of(slices.next()) : Optional.empty();
    }

    @Override
    public boolean hasNext() {
      return number < end;
    }

    @Override
    public Bucket<S> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      List<S> found = new ArrayList<>();
      while (ahead.isPresent() && ahead.get()._1() == number) {
        found.add(ahead.get()._2());
        ahead = read();
      }
      return new Bucket<>(number++, found);
    }
  }
}
