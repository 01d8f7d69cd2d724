package io.meanfield.data.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.data.Examples;
import io.meanfield.random.Permutation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class EpochOrderTest {
  private static final int WORKER = 3;

  /** Returns a shard whose examples have the ids 0, 1, … in the order of its rows. */
  private static Shard shard(int rows, int chunks) {
    ChunkLayout layout = new ChunkLayout(rows, chunks);
    List<List<Long>> ids = new ArrayList<>();
    IntStream.range(0, chunks).forEach(chunk -> ids.add(new ArrayList<>()));
    for (int row = 0; row < rows; row++) {
      assertThat(layout.place(row)).isEqualTo(ids.get(layout.chunk(row)).size());
      ids.get(layout.chunk(row)).add((long) row);
    }
    return new Shard(
        WORKER, layout, new Chunks.InMemory(ids.stream().map(EpochOrderTest::examples).toList()));
  }

  private static Examples examples(List<Long> ids) {
    int count = ids.size();
    return Examples.images(
        ids.stream().mapToLong(Long::longValue).toArray(), new byte[count], new byte[count], 1);
  }

  private static long[] read(Shard shard, long seed, int epoch) {
    ShardReader reader = new ShardReader(shard, Fold.NONE, seed, epoch);
    return LongStream.range(0, shard.count())
        .map(
            position -> {
              reader.seek(position);
              return reader.chunk().ids()[reader.row()];
            })
        .toArray();
  }

  @Property(tries = 300)
  void epochReadsEachExampleOnceAndEachChunkAtOneGo(
      @ForAll @IntRange(max = 80) int rows,
      @ForAll @IntRange(min = 1, max = 12) int chunks,
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 5) int epoch) {
    Shard shard = shard(rows, chunks);
    long[] read = read(shard, seed, epoch);
    assertThat(LongStream.of(read).sorted().toArray())
        .isEqualTo(LongStream.range(0, rows).toArray());
    Set<Integer> finished = new HashSet<>();
    for (int i = 1; i < rows; i++) {
      int before = shard.layout().chunk((int) read[i - 1]);
      int chunk = shard.layout().chunk((int) read[i]);
      if (chunk != before) {
        assertThat(finished.add(before)).isTrue();
      }
      assertThat(finished).doesNotContain(chunk);
    }
  }

  @Property(tries = 300)
  void chunksHaveAtMostTheirRowsAndDifferByAtMostOne(
      @ForAll @IntRange(max = 1_000_000) int rows,
      @ForAll @IntRange(min = 1, max = 5000) int most) {
    ChunkLayout layout = new ChunkLayout(rows, ChunkLayout.chunks(rows, most));
    int[] sizes = IntStream.range(0, layout.chunks()).map(layout::size).toArray();
    assertThat(IntStream.of(sizes).sum()).isEqualTo(rows);
    assertThat(sizes[0]).isLessThanOrEqualTo(most);
    assertThat(sizes[0] - sizes[sizes.length - 1]).isBetween(0, 1);
    assertThat(layout.chunks()).isEqualTo(Math.max(1, (rows + most - 1) / most));
  }

  @Example
  void shardOfOneChunkHasThePermutationOfSeedEpochAndWorker() {
    Permutation expected = new Permutation(50, Permutation.key(9, 2, WORKER));
    assertThat(read(shard(50, 1), 9, 2))
        .isEqualTo(LongStream.range(0, 50).map(expected::apply).toArray());
  }

  @Example
  void orderOfChunksAndOfTheirRowsDiffersFromEpochToEpoch() {
    Shard shard = shard(400, 8);
    Set<List<Integer>> orders = new HashSet<>();
    Set<List<Long>> rows = new HashSet<>();
    for (int epoch = 1; epoch <= 5; epoch++) {
      EpochOrder order = shard.order(Fold.NONE, 9, epoch);
      orders.add(IntStream.range(0, 8).mapToObj(order::chunk).toList());
      int first =
          IntStream.range(0, 8).filter(place -> order.chunk(place) == 0).findFirst().orElse(-1);
      rows.add(LongStream.range(0, 50).mapToObj(order.rows(first)::apply).toList());
    }
    assertThat(orders).hasSize(5);
    assertThat(rows).hasSize(5);
  }

  @Example
  void readerGoesBackToAnEarlierExample() {
    Shard shard = shard(40, 5);
    long[] read = read(shard, 7, 1);
    ShardReader reader = new ShardReader(shard, Fold.NONE, 7, 1);
    for (int position : new int[] {39, 0, 20, 19, 8}) {
      reader.seek(position);
      assertThat(reader.chunk().ids()[reader.row()]).isEqualTo(read[position]);
    }
  }
}
