package io.meanfield.fuzz;

import io.meanfield.data.Dataset;
import java.nio.file.Path;
import java.util.Arrays;

/** A Parquet table whose columns are read into arrays, which {@link TableTarget} reads. */
final class ParquetColumnsTarget implements Target {
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
