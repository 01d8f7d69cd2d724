package io.meanfield.data.parquet.rowgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Ranges divide the rows of files into whole blocks. */
class RowRangeTest {
  private static List<FileLayout> files(List<List<Integer>> groups) {
    return IntStream.range(0, groups.size())
        .mapToObj(
            i ->
                new FileLayout(
                    "f" + i, groups.get(i).stream().mapToLong(rows -> rows).toArray(), true))
        .toList();
  }

  /** Names each row by its file, row group and row. */
  private static List<String> names(RowRange.Piece piece) {
    return LongStream.range(piece.from(), piece.from() + piece.count())
        .mapToObj(row -> piece.file() + " " + piece.group() + " " + row)
        .toList();
  }

  @Property(tries = 300)
  void everyRowIsInOneRangeInItsOrder(
      @ForAll @Size(max = 4) List<@Size(max = 4) List<@IntRange(max = 30) Integer>> groups,
      @ForAll @IntRange(min = 1, max = 12) int blockSize,
      @ForAll @IntRange(min = 1, max = 40) int least) {
    List<FileLayout> files = files(groups);
    List<String> expected = new ArrayList<>();
    for (FileLayout file : files) {
      for (int group = 0; group < file.groups().length; group++) {
        expected.addAll(names(new RowRange.Piece(file.file(), group, 0, 0, file.groups()[group])));
      }
    }
    List<RowRange> ranges = RowRange.divide(files, blockSize, least);
    assertThat(ranges.stream().flatMap(range -> range.pieces().stream().map(RowRangeTest::names)))
        .flatMap(rows -> rows)
        .isEqualTo(expected);
    long first = 0;
    for (RowRange range : ranges) {
      assertThat(range.first()).isEqualTo(first);
      assertThat(range.pieces()).allMatch(piece -> piece.count() > 0);
      first += range.count();
      assertThat(first == expected.size() || first % blockSize == 0).isTrue();
      assertThat(first == expected.size() || range.count() >= least).isTrue();
    }
  }

  @Example
  void rangeEndsWithTheBlockThatReachesTheEndOfARowGroup() {
    List<RowRange> ranges = RowRange.divide(files(List.of(List.of(25, 25), List.of(25))), 10, 20);
    assertThat(ranges).extracting(RowRange::count).containsExactly(30L, 20L, 25L);
    assertThat(ranges.get(0).pieces())
        .containsExactly(
            new RowRange.Piece("f0", 0, 0, 0, 25), new RowRange.Piece("f0", 1, 25, 0, 5));
    assertThat(ranges.get(1).pieces()).containsExactly(new RowRange.Piece("f0", 1, 25, 5, 20));
    assertThat(ranges.get(1).pieces().get(0).rowInFile()).isEqualTo(30);
  }
}
