package io.meanfield.store.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.fixture.LocalSpark;
import io.meanfield.store.Lease;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunId;
import io.meanfield.store.Runs;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares the tables that the driver writes with those that Spark writes from the same rows. */
class RowTableIT {
  private static final int ROWS = 1_000;
  private static final String SPARK_SCHEMA = "org.apache.spark.sql.parquet.row.metadata";

  /** A row with every type of column. */
  private record Everything(
      String text, int integer, long number, float single, double real, Instant time)
      implements Serializable {
    Optional<String> someText() {
      return integer % 3 == 0 ? Optional.empty() : Optional.of(text);
    }

    Optional<Double> someReal() {
      return integer % 2 == 0 ? Optional.empty() : Optional.of(real);
    }
  }

  private static final RowTable<Everything> TABLE =
      RowTable.<Everything>named("everything")
          .column("text", DataTypes.StringType, Everything::text)
          .column("integer", DataTypes.IntegerType, Everything::integer)
          .column("number", DataTypes.LongType, Everything::number)
          .column("single", DataTypes.FloatType, Everything::single)
          .column("real", DataTypes.DoubleType, Everything::real)
          .column("even", DataTypes.BooleanType, row -> row.integer() % 2 == 0)
          .column("time", DataTypes.TimestampType, row -> Timestamp.from(row.time()))
          .nullable("some_text", DataTypes.StringType, Everything::someText)
          .nullable("some_integer", DataTypes.IntegerType, row -> row.someReal().map(v -> 7))
          .nullable("some_number", DataTypes.LongType, row -> row.someReal().map(v -> 1L << 40))
          .nullable("some_single", DataTypes.FloatType, row -> row.someReal().map(v -> 0.5f))
          .nullable("some_real", DataTypes.DoubleType, Everything::someReal)
          .nullable("some_flag", DataTypes.BooleanType, row -> row.someText().map(v -> true))
          .nullable(
              "some_bytes",
              DataTypes.BinaryType,
              row -> row.someText().map(text -> text.getBytes(StandardCharsets.UTF_8)))
          .nullable(
              "some_time",
              DataTypes.TimestampType,
              row -> row.someText().map(v -> Timestamp.from(row.time())));

  @TempDir private Path folder;

  private Lease lease;

  @BeforeEach
  void claim() {
    lease =
        Lease.take(
            new Runs(new Configuration(), folder.toString())
                .claim(new RunId("run"), Manifest.of(Map.of())));
  }

  @AfterEach
  void release() {
    lease.close();
  }

  private static List<Everything> rows() {
    Random random = new Random(1);
    List<Everything> rows =
        new ArrayList<>(
            List.of(
                new Everything("", 0, Long.MIN_VALUE, Float.NaN, Double.NaN, Instant.EPOCH),
                new Everything(
                    "Grüße, \u4e16\u754c \ud83d\ude00\n\0",
                    1,
                    Long.MAX_VALUE,
                    Float.NEGATIVE_INFINITY,
                    Double.MIN_VALUE,
                    Instant.parse("2026-11-26T23:59:59.999999999Z")),
                new Everything(
                    "-0", 3, 0, -0f, -0.0, Instant.parse("1969-12-31T23:59:59.000001Z"))));
    while (rows.size() < ROWS) {
      rows.add(
          new Everything(
              "row " + random.nextInt(50),
              random.nextInt(),
              random.nextLong(),
              random.nextFloat(),
              random.nextGaussian(),
              Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000))));
    }
    return rows;
  }

  private Path writtenByTheDriver(List<Everything> rows) {
    TABLE.write(lease.run(), rows);
    return folder.resolve("run/tables/everything");
  }

  private Path writtenBySpark(List<Everything> rows) {
    Path path = folder.resolve("spark");
    TABLE
        .frame(LocalSpark.session(), new RunId("run"), LocalSpark.context().parallelize(rows, 1))
        .write()
        .parquet(path.toString());
    return path;
  }

  private static Dataset<Row> read(Path table) {
    return LocalSpark.session().read().parquet(table.toString());
  }

  private static FileMetaData footer(Path table) throws IOException {
    try (var files = Files.list(table)) {
      Path file = files.filter(path -> path.toString().endsWith(".parquet")).findFirst().get();
      try (ParquetFileReader reader =
          ParquetFileReader.open(
              HadoopInputFile.fromPath(
                  new org.apache.hadoop.fs.Path(file.toUri()), new Configuration()))) {
        return reader.getFooter().getFileMetaData();
      }
    }
  }

  @Test
  void driverWritesTheSchemaAndRowsThatSparkWouldWrite() throws IOException {
    Path driver = writtenByTheDriver(rows());
    Path spark = writtenBySpark(rows());
    assertThat(read(driver).schema().treeString()).isEqualTo(read(spark).schema().treeString());
    assertThat(read(driver).collectAsList()).hasSize(ROWS).isEqualTo(read(spark).collectAsList());
    assertThat(footer(driver).getSchema()).isEqualTo(footer(spark).getSchema());
    assertThat(footer(driver).getKeyValueMetaData().get(SPARK_SCHEMA))
        .isEqualTo(footer(spark).getKeyValueMetaData().get(SPARK_SCHEMA));
  }

  @Test
  void tableWithoutRowsHasItsColumns() throws IOException {
    Path driver = writtenByTheDriver(List.of());
    assertThat(read(driver).collectAsList()).isEmpty();
    assertThat(read(driver).schema().treeString())
        .isEqualTo(read(writtenBySpark(List.of())).schema().treeString());
  }

  @Test
  void tableThatIsWrittenAgainReplacesEveryFileOfTheOneBefore() throws IOException {
    Path table = writtenByTheDriver(rows());
    Files.copy(
        table.resolve("run-everything-00000.parquet"),
        table.resolve("run-everything-00001.parquet")); // of an attempt with two parts
    writtenByTheDriver(rows());
    assertThat(table.toFile().list()).containsExactly("run-everything-00000.parquet");
    assertThat(read(table).count()).isEqualTo(ROWS);
    assertThat(folder.resolve("run/drafts")).doesNotExist();
  }
}
