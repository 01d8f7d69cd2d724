package io.meanfield.fuzz;

import io.meanfield.data.Dataset;
import io.meanfield.data.parquet.DeclaredSizes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A Parquet table whose columns are read into arrays, which {@link TableTarget} reads. Half of the
 * cases change bytes; the others change what a page or the metadata declare.
 */
final class ParquetColumnsTarget implements Target {
  private static final List<Integer> PAGE_NUMBERS =
      List.of(-1, 0, 1, 1 << 16, 1 << 28, Integer.MAX_VALUE, Integer.MIN_VALUE);
  private static final List<Long> CHUNK_NUMBERS =
      List.of(-1L, 0L, 1L, 1L << 16, 1L << 31, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE);

  private final TableTarget table;

  /**
   * Writes the table and reads each of its valid contents.
   *
   * @throws WrongContent if Spark reads the rows of one of them
   */
  ParquetColumnsTarget(Path folder) {
    Path file = folder.resolve("table.parquet");
    this.table =
        new TableTarget(
            file,
            PlainParquet.files(),
            "format = parquet, train.path = \"" + file + "\", " + PlainParquet.COLUMNS);
    for (byte[] seed : seeds()) {
      Fixtures.write(file, seed);
      read();
    }
    Fixtures.write(file, seeds().get(0));
  }

  @Override
  public Sample sample() {
    return table.sample();
  }

  @Override
  public byte[] mutated(Mutator mutator, Draws draws) {
    if (draws.below(2) == 0) {
      return mutator.mutate(seeds(), draws);
    }
    byte[] valid = draws.one(seeds());
    try {
      return draws.below(2) == 0
          ? DeclaredSizes.withPage(
              valid,
              draws.below(DeclaredSizes.pages(valid)),
              draws.one(List.of(DeclaredSizes.OfPage.values())),
              draws.one(PAGE_NUMBERS))
          : DeclaredSizes.withChunk(
              valid,
              draws.below(DeclaredSizes.chunks(valid)),
              draws.one(List.of(DeclaredSizes.OfChunk.values())),
              draws.one(CHUNK_NUMBERS));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean listsProblems() {
    return table.listsProblems();
  }

  @Override
  public void read() {
    Dataset data = table.open();
    byte[] content = Fixtures.read(file());
    WrongContent.unless(
        seeds().stream().noneMatch(seed -> Arrays.equals(seed, content)) || isReadIntoArrays(data),
        "Spark reads the rows of a valid file");
    TableTarget.check(data);
  }

  private static boolean isReadIntoArrays(Dataset data) {
    return !data.blocks().toDebugString().contains("FileScanRDD");
  }
}
