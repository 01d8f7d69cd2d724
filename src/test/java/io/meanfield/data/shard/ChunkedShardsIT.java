package io.meanfield.data.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.data.Examples;
import io.meanfield.data.Split;
import io.meanfield.fixture.LocalSpark;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.Test;
import scala.Tuple2;

class ChunkedShardsIT {
  private static final int WORKERS = 5;
  private static final int CHUNKS = 4;
  // Groups of two, two and one worker with shards of 13 or 12 examples.
  private static final ChunkGrid GRID =
      ChunkGrid.of(new Split(62, 0, WORKERS, 7), true, Folds.NONE, 4, 2);

  /** Returns chunks whose examples have the number of the partition as their id. */
  private static JavaRDD<Examples> chunks(LongAccumulator computed) {
    ChunkGrid grid = GRID;
    List<Integer> partitions = IntStream.range(0, grid.partitions()).boxed().toList();
    return LocalSpark.context()
        .parallelize(partitions)
        .mapToPair(partition -> new Tuple2<>(partition, partition))
        .partitionBy(new HashPartitioner(partitions.size())) // an Integer's hash is its value
        .values()
        .map(
            partition -> {
              computed.add(1);
              int size = grid.size(partition);
              long[] ids = new long[size];
              Arrays.fill(ids, partition);
              return Examples.images(ids, new byte[size], new byte[size], 1);
            });
  }

  private static LongAccumulator counter() {
    return LocalSpark.context().sc().longAccumulator();
  }

  @Test
  void shardsHaveTheirOwnChunks() {
    assertThat(GRID.chunksOfShard()).isEqualTo(CHUNKS);
    List<ShardGroup> groups =
        Sharding.ChunkedShards.of(chunks(counter()), GRID).map(ShardGroup::inMemory).collect();
    assertThat(groups).extracting(ShardGroup::index).containsExactly(0, 1, 2);
    assertThat(groups).extracting(group -> group.shards().size()).containsExactly(2, 2, 1);
    int worker = 0;
    for (ShardGroup group : groups) {
      for (Shard shard : group.shards()) {
        assertThat(shard.worker()).isEqualTo(worker);
        assertThat(shard.count()).isEqualTo(worker < 2 ? 13 : 12);
        for (int chunk = 0; chunk < CHUNKS; chunk++) {
          long[] ids = shard.chunks().read(chunk).ids();
          assertThat(ids).hasSize(shard.layout().size(chunk)).containsOnly(worker * CHUNKS + chunk);
        }
        worker++;
      }
    }
  }

  @Test
  void taskReadsTheChunkThatItNeedsAndTheNextOne() {
    LongAccumulator computed = counter();
    List<Long> first =
        Sharding.ChunkedShards.of(chunks(computed), GRID)
            .map(
                group -> {
                  ShardReader reader = new ShardReader(group.shards().get(0), Fold.NONE, 1, 1);
                  reader.seek(0);
                  reader.seek(2);
                  return reader.chunk().ids()[reader.row()];
                })
            .collect();
    assertThat(computed.value()).isEqualTo(2L * GRID.groups());
    assertThat(first)
        .isEqualTo(
            IntStream.range(0, GRID.groups())
                .map(group -> 2 * group)
                .mapToObj(
                    worker ->
                        (long) worker * CHUNKS
                            + new EpochOrder(GRID.layout(worker), Fold.NONE, 1, 1, worker).chunk(0))
                .toList());
  }

  @Test
  void examplesOfAGroupAreReadChunkByChunkAndOnce() {
    LongAccumulator computed = counter();
    List<Long> ids =
        Sharding.ChunkedShards.of(chunks(computed), GRID)
            .flatMap(ShardGroup::chunks)
            .map(chunk -> chunk.ids()[0])
            .collect();
    assertThat(ids).isEqualTo(LongStream.range(0, WORKERS * CHUNKS).boxed().toList());
    assertThat(computed.value()).isEqualTo(WORKERS * CHUNKS);
  }

  @Test
  void laterTaskFindsTheChunksThatAnEarlierOneRead() {
    LongAccumulator computed = counter();
    Sharding.ChunkedShards shards = Sharding.ChunkedShards.of(chunks(computed), GRID);
    for (int task = 0; task < 3; task++) {
      assertThat(
              shards
                  .filter(group -> group.index() == 0)
                  .map(group -> group.shards().get(0).chunks().read(1).count())
                  .collect())
          .containsExactly(3);
    }
    assertThat(computed.value()).isEqualTo(1);
  }

  @Test
  void unpersistRemovesTheChunks() {
    JavaRDD<Examples> chunks = chunks(counter()).persist(StorageLevel.MEMORY_AND_DISK());
    Sharding.ChunkedShards shards = Sharding.ChunkedShards.of(chunks, GRID);
    shards.map(ShardGroup::cached).count();
    assertThat(LocalSpark.cachedRdds()).contains(chunks.id());
    shards.unpersist();
    assertThat(LocalSpark.cachedRdds()).doesNotContain(chunks.id());
  }
}
