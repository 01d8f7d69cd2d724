package io.meanfield.bench;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * A table for {@code dev/bench large}: 32 features from -1 to 1 and the class {@code y}, 1 if a
 * weighted sum of the features is above 0. The values are hashes of the number of the row, so the
 * table is the same on every machine.
 */
public final class LargeTable {
  private static final int FEATURES = 32;
  private static final int ROWS_OF_A_FILE = 1_000_000;
  private static final double HASHES = 0x1p63;

  private LargeTable() {}

  /** Writes Parquet to the directory of the first argument, as many rows as the second one says. */
  public static void main(String[] arguments) {
    long rows = Long.parseLong(arguments[1]);
    int files = (int) Math.max(1, rows / ROWS_OF_A_FILE);
    SparkSession spark = SparkSession.builder().appName("large table").getOrCreate();
    spark
        .range(0, rows, 1, files)
        .select(Stream.concat(features(), Stream.of(label())).toArray(Column[]::new))
        .write()
        .mode(SaveMode.Overwrite)
        .parquet(arguments[0]);
    spark.stop();
  }

  private static Stream<Column> features() {
    return IntStream.range(0, FEATURES).mapToObj(i -> feature(i).cast("float").as("x" + i));
  }

  private static Column feature(int index) {
    return functions.xxhash64(functions.col("id"), functions.lit(index)).divide(HASHES);
  }

  // The later a feature, the smaller its weight.
  private static Column label() {
    Column sum =
        IntStream.range(0, FEATURES)
            .mapToObj(i -> feature(i).divide(i + 1.0))
            .reduce(Column::plus)
            .orElseThrow();
    return sum.gt(0).cast("int").as("y");
  }
}
