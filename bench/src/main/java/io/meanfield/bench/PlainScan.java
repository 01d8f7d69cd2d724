package io.meanfield.bench;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A plain Spark program for comparison with {@code predict}: it reads {@link ScoringTable} with a
 * schema and writes as many rows of Parquet, with a sum of the features in place of a prediction.
 */
public final class PlainScan {
  private PlainScan() {}

  /** Reads the file of the first argument and writes the directory of the second one. */
  public static void main(String[] arguments) {
    SparkSession spark = SparkSession.builder().appName("plain scan").getOrCreate();
    Dataset<Row> rows = spark.read().schema(schema()).option("header", true).csv(arguments[0]);
    List<String> features = ScoringTable.FEATURES;
    String sum = String.join(" + ", features);
    rows.select(
            functions.monotonically_increasing_id().as("example_id"),
            functions.expr("int(" + sum + " > 100)").as("predicted"),
            functions.expr("double(" + sum + ")").as("probability"),
            functions.lit("run").as("model_run_id"))
        .write()
        .mode(SaveMode.Overwrite)
        .parquet(arguments[1]);
    spark.stop();
  }

  private static StructType schema() {
    StructType schema = new StructType();
    for (String column : ScoringTable.COLUMNS) {
      boolean isFeature = ScoringTable.FEATURES.contains(column);
      schema = schema.add(column, isFeature ? DataTypes.FloatType : DataTypes.StringType);
    }
    return schema;
  }
}
