package io.meanfield.data.shard;

import io.meanfield.data.Examples;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.resource.ResourceProfile;

/**
 * Shards with one group in each partition, whose chunks are blocks in Spark's cache. A task reads
 * those chunks of its group that it needs. {@link #unpersist} removes the chunks. Driver only.
 */
final class ChunkedShards extends JavaRDD<ShardGroup> {
  private static final long serialVersionUID = 1L;

  private final JavaRDD<Examples> chunks;

  private ChunkedShards(JavaRDD<ShardGroup> groups, JavaRDD<Examples> chunks) {
    super(groups.rdd(), groups.classTag());
    this.chunks = chunks;
  }

  /**
   * Returns the groups.
   *
   * @param chunks a chunk in each partition of the grid, cached
   */
  static ChunkedShards of(JavaRDD<Examples> chunks, ChunkGrid grid) {
    RDD<Examples> cached = chunks.rdd();
    // Spark runs the task of a group where it finds the group's chunks, since they are its
    // partitions. The task does not read them in order, so it does not use their iterator.
    JavaRDD<Examples> located = chunks.coalesce(grid.groups());
    // Before Spark knows where the shuffled examples are, a partition has consecutive chunks.
    if (located.getNumPartitions() != grid.groups()) {
      throw new IllegalStateException(
          "expected " + grid.groups() + " groups, found " + located.getNumPartitions());
    }
    JavaRDD<ShardGroup> groups =
        located.mapPartitionsWithIndex(
            (group, unread) -> List.of(group(cached, grid, group)).iterator(), false);
    return new ChunkedShards(groups, chunks);
  }

  private static ShardGroup group(RDD<Examples> chunks, ChunkGrid grid, int group) {
    List<Integer> workers = grid.workers(group);
    TaskChunks task = new TaskChunks(chunks, TaskContext.get(), workers.size());
    return new ShardGroup(
        group,
        workers.stream()
            .map(
                worker ->
                    new Shard(
                        worker,
                        grid.layout(worker),
                        new Chunks.InCache(task, grid.partition(worker, 0))))
            .toList());
  }

  @Override
  public JavaRDD<ShardGroup> unpersist() {
    return unpersist(false);
  }

  @Override
  public JavaRDD<ShardGroup> unpersist(boolean blocking) {
    chunks.unpersist(blocking);
    return this;
  }

  @Override
  public JavaRDD<ShardGroup> withResources(ResourceProfile profile) {
    return new ChunkedShards(super.withResources(profile), chunks);
  }
}
