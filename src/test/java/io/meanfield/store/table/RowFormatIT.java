package io.meanfield.store.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.fixture.LocalSpark;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes a row with a value of each type that a CSV file has no cell for. */
class RowFormatIT {
  @TempDir private Path folder;

  @Test
  void csvHasACellForEveryType() throws IOException {
    UDF1<Integer, Vector> sparse =
        size -> Vectors.sparse(size, new int[] {1, 3}, new double[] {0.5, 2});
    LocalSpark.session().udf().register("sparse", sparse, SQLDataTypes.VectorType());
    Row written =
        read(
            folder.resolve("all"),
            "array(1, 2.5) numbers",
            "array('a b', 'c', null) texts",
            "array(array(1), array(2, 3)) nested",
            "map('a', 1) map",
            "named_struct('x', 1, 'y', array('=1')) struct",
            "cast('ab' as binary) bytes",
            "cast(null as map<string, int>) missing",
            "sparse(5) vector");
    assertThat(written.mkString(" | "))
        .isEqualTo(
            "1.0 2.5 | [\"a b\",\"c\",null] | [[1],[2,3]] | {\"a\":1} | {\"x\":1,\"y\":[\"=1\"]} |"
                + " YWI= | null | (5,[1,3],[0.5,2.0])");
  }

  private static Row read(Path directory, String... columns) throws IOException {
    SparkSession spark = LocalSpark.session();
    RowFormat.CSV.write(spark.range(1).selectExpr(columns), new String[0], directory(directory));
    return RowFormat.CSV.read(spark, directory(directory)).first();
  }

  private static org.apache.hadoop.fs.Path directory(Path path) {
    return new org.apache.hadoop.fs.Path(path.toString());
  }
}
