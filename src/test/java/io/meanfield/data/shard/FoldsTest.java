package io.meanfield.data.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.data.Examples;
import io.meanfield.data.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class FoldsTest {
  /** Returns the fold of each example, by its position in the split. */
  private static int[] numbers(Folds folds, int examples) {
    return IntStream.range(0, examples)
        .map(
            position ->
                (int) folds.ends().stream().filter(end -> end <= folds.place(position)).count())
        .toArray();
  }

  private static long[] places(Folds folds, int examples) {
    return LongStream.range(0, examples).map(folds::place).sorted().toArray();
  }

  @Property
  void eachFoldHasItsShareOfEachClass(
      @ForAll @Size(min = 10, max = 200) List<@IntRange(max = 4) Integer> labels,
      @ForAll @IntRange(min = 2, max = 10) int count) {
    int[] classes = labels.stream().mapToInt(Integer::intValue).toArray();
    Folds folds = Folds.stratified(classes, count);
    int[] numbers = numbers(folds, classes.length);
    assertThat(places(folds, classes.length))
        .isEqualTo(LongStream.range(0, classes.length).toArray());
    for (int label = 0; label <= 4; label++) {
      int wanted = label;
      long[] found = new long[count];
      IntStream.range(0, classes.length)
          .filter(position -> classes[position] == wanted)
          .forEach(position -> found[numbers[position]]++);
      assertThat(
              Arrays.stream(found).max().orElseThrow() - Arrays.stream(found).min().orElseThrow())
          .isBetween(0L, 1L);
    }
    assertThat(folds.size(0) - folds.size(count - 1)).isBetween(0L, 1L);
  }

  @Property
  void segmentIsInOneFoldAndNoFoldIsEmpty(
      @ForAll @Size(min = 5, max = 40) List<@IntRange(min = 1, max = 9) Integer> sizes,
      @ForAll @IntRange(min = 2, max = 5) int count,
      @ForAll long seed) {
    long[] starts = new long[sizes.size()];
    for (int segment = 1; segment < starts.length; segment++) {
      starts[segment] = starts[segment - 1] + sizes.get(segment - 1);
    }
    int examples = sizes.stream().mapToInt(Integer::intValue).sum();
    long[][] counts =
        IntStream.range(0, starts.length)
            .mapToObj(
                segment -> {
                  long[] classes = new long[2];
                  classes[(int) (seed >>> segment & 1)] = sizes.get(segment);
                  return classes;
                })
            .toArray(long[][]::new);
    Folds folds = Folds.ofSegments(starts, counts, count);
    int[] numbers = numbers(folds, examples);
    assertThat(places(folds, examples)).isEqualTo(LongStream.range(0, examples).toArray());
    for (int segment = 0; segment < starts.length; segment++) {
      int first = (int) starts[segment];
      assertThat(Arrays.stream(numbers, first, first + sizes.get(segment)).distinct().count())
          .isEqualTo(1);
    }
    assertThat(IntStream.range(0, count).mapToLong(folds::size)).doesNotContain(0L);
  }

  @Example
  void rareClassIsInEachFoldOfSegmentsIfItHasEnough() {
    long[] starts = LongStream.range(0, 40).map(segment -> segment * 5).toArray();
    long[][] counts =
        IntStream.range(0, 40)
            .mapToObj(segment -> segment % 10 == 3 ? new long[] {4, 1} : new long[] {5, 0})
            .toArray(long[][]::new);
    Folds folds = Folds.ofSegments(starts, counts, 4);
    assertThat(IntStream.range(0, 4).mapToLong(folds::size)).containsOnly(50L);
    int[] numbers = numbers(folds, 200);
    assertThat(IntStream.of(3, 13, 23, 33).map(segment -> numbers[segment * 5]))
        .containsExactlyInAnyOrder(0, 1, 2, 3);
  }

  @Property
  void placesAreInOneFoldOfAChunkAndAmongTheOthersOfAllRemainingFolds(
      @ForAll @IntRange(max = 300) int rows,
      @ForAll @IntRange(min = 1, max = 4) int chunks,
      @ForAll @IntRange(min = 2, max = 10) int count) {
    ChunkLayout layout = layout(rows, chunks, count);
    for (int chunk = 0; chunk < chunks; chunk++) {
      int[] left = new int[layout.size(chunk)];
      for (int number = 0; number < count; number++) {
        FoldPlaces fold = layout.fold(new Fold(number), chunk);
        List<Integer> own = fold.all().boxed().toList();
        List<Integer> others = fold.others(left.length).boxed().toList();
        assertThat(others).isSorted().noneMatch(own::contains);
        assertThat(own.size() + others.size()).isEqualTo(left.length);
        assertThat(others).allMatch(place -> place >= 0 && place < left.length);
        own.forEach(place -> left[place]++);
      }
      assertThat(Arrays.stream(left)).allMatch(folds -> folds == 1);
    }
  }

  private static ChunkLayout layout(int rows, int chunks, int folds) {
    return new ChunkLayout(
        rows, chunks, IntStream.rangeClosed(1, folds).mapToObj(end -> rows * end / folds).toList());
  }

  @Example
  void noFoldLeavesOutNothing() {
    assertThat(FoldPlaces.NONE.all().toArray()).isEmpty();
    assertThat(FoldPlaces.NONE.others(5).toArray()).containsExactly(0, 1, 2, 3, 4);
  }

  @Property(tries = 50)
  void readerReadsEachExampleOutsideOfTheFoldOnce(
      @ForAll @IntRange(min = 1, max = 200) int rows,
      @ForAll @IntRange(min = 1, max = 4) int chunks,
      @ForAll @IntRange(min = 2, max = 5) int count) {
    ChunkLayout layout = layout(rows, chunks, count);
    List<Examples> examples =
        IntStream.range(0, chunks).mapToObj(chunk -> chunk(layout, chunk)).toList();
    Shard shard = new Shard(0, layout, new Chunks.InMemory(examples));
    for (int number = 0; number < count; number++) {
      Fold fold = new Fold(number);
      ShardReader reader = new ShardReader(shard, fold, 7, 1);
      List<Long> read =
          IntStream.range(0, shard.count(fold))
              .mapToObj(
                  position -> {
                    reader.seek(position);
                    return reader.chunk().ids()[reader.row()];
                  })
              .toList();
      List<Long> held = ids(new ShardGroup(0, List.of(shard), fold).chunks());
      assertThat(ids(new ShardGroup(0, List.of(shard)).chunksWithout(fold)))
          .containsExactlyInAnyOrderElementsOf(read);
      assertThat(read).doesNotHaveDuplicates().noneMatch(held::contains);
      assertThat(read.size() + held.size()).isEqualTo(rows);
    }
  }

  private static List<Long> ids(Iterator<Examples> chunks) {
    List<Long> ids = new ArrayList<>();
    chunks.forEachRemaining(chunk -> Arrays.stream(chunk.ids()).forEach(ids::add));
    return ids;
  }

  private static Examples chunk(ChunkLayout layout, int chunk) {
    long[] ids =
        IntStream.range(0, layout.size(chunk)).mapToLong(row -> row * 10L + chunk).toArray();
    return Examples.images(ids, new byte[ids.length], new byte[ids.length], 1);
  }

  @Property
  void shardsOfWorkersHaveTheFoldsOfTheirExamples(
      @ForAll @IntRange(min = 10, max = 200) int examples,
      @ForAll @IntRange(min = 1, max = 4) int workers,
      @ForAll @IntRange(min = 1, max = 30) int chunkRows) {
    Split split = new Split(examples, 0, 0, workers, 7, 3);
    Folds folds = Folds.stratified(new int[examples], 3);
    ChunkGrid grid = ChunkGrid.of(split, true, folds, chunkRows, 1);
    int[] numbers = numbers(folds, examples);
    for (int position = 0; position < examples; position++) {
      long place = grid.position(position);
      int worker = split.worker(place);
      int chunk = grid.layout(worker).chunk(split.row(place));
      FoldPlaces places = grid.layout(worker).fold(new Fold(numbers[position]), chunk);
      assertThat(grid.place(place)).isBetween(places.begin(), places.end() - 1);
    }
  }
}
