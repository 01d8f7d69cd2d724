package io.meanfield.data.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.data.Examples;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class FoldTest {
  @Property
  void rowsAreInOneFoldAndAmongTheOthersOfAllRemainingFolds(
      @ForAll @IntRange(max = 300) int rows, @ForAll @IntRange(min = 2, max = 10) int count) {
    int[] left = new int[rows];
    for (int number = 0; number < count; number++) {
      Fold fold = new Fold(number, count);
      List<Integer> own = fold.places(rows).boxed().toList();
      List<Integer> others = fold.placesOfOthers(rows).boxed().toList();
      assertThat(others).isSorted().hasSize(fold.others(rows)).noneMatch(own::contains);
      assertThat(own.size() + others.size()).isEqualTo(rows);
      assertThat(others).allMatch(place -> place >= 0 && place < rows);
      own.forEach(place -> left[place]++);
    }
    assertThat(left).containsOnly(rows == 0 ? new int[0] : new int[] {1});
  }

  @Example
  void noFoldLeavesOutNothing() {
    assertThat(Fold.NONE.places(5).toArray()).isEmpty();
    assertThat(Fold.NONE.placesOfOthers(5).toArray()).containsExactly(0, 1, 2, 3, 4);
  }

  @Property(tries = 50)
  void readerReadsEachExampleOutsideOfTheFoldOnce(
      @ForAll @IntRange(min = 1, max = 200) int rows,
      @ForAll @IntRange(min = 1, max = 4) int chunks,
      @ForAll @IntRange(min = 2, max = 5) int count) {
    ChunkLayout layout = new ChunkLayout(rows, chunks);
    List<Examples> examples =
        IntStream.range(0, chunks).mapToObj(chunk -> chunk(layout, chunk)).toList();
    Shard shard = new Shard(0, layout, new Chunks.InMemory(examples));
    for (int number = 0; number < count; number++) {
      Fold fold = new Fold(number, count);
      ShardReader reader = new ShardReader(shard, fold, 7, 1);
      int learned = shard.count(fold);
      List<Long> read =
          IntStream.range(0, learned)
              .mapToObj(
                  position -> {
                    reader.seek(position);
                    return reader.chunk().ids()[reader.row()];
                  })
              .toList();
      List<Long> held =
          examples.stream()
              .flatMap(chunk -> fold.places(chunk.count()).mapToObj(row -> chunk.ids()[row]))
              .toList();
      assertThat(read).doesNotHaveDuplicates().noneMatch(held::contains);
      assertThat(read.size() + held.size()).isEqualTo(rows);
    }
  }

  private static Examples chunk(ChunkLayout layout, int chunk) {
    long[] ids =
        IntStream.range(0, layout.size(chunk)).mapToLong(row -> row * 10L + chunk).toArray();
    return Examples.images(ids, new byte[ids.length], new byte[ids.length], 1);
  }
}
