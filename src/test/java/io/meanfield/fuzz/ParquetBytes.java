package io.meanfield.fuzz;

import io.meanfield.LocalSpark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;

/** Parquet files that Spark has written. */
final class ParquetBytes {
  private ParquetBytes() {}

  /** Returns the one file of a table. */
  static byte[] of(String jsonLines) {
    try {
      Path folder = Files.createTempDirectory("fuzz");
      try {
        Path table = folder.resolve("table");
        SparkSession spark = LocalSpark.session();
        spark
            .read()
            .schema("id INT, size DOUBLE, large BOOLEAN, since DATE, color STRING, kind STRING")
            .json(spark.createDataset(List.of(jsonLines.split("\n")), Encoders.STRING()))
            .coalesce(1)
            .write()
            .parquet(table.toString());
        return Files.readAllBytes(only(table));
      } finally {
        FileUtils.deleteDirectory(folder.toFile());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the one data file in a folder. */
  static Path only(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
  }
}
