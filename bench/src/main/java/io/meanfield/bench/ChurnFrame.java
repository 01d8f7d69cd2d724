package io.meanfield.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.Imputer;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * The churn table for MLlib, which reads no dates and no gaps: days and parts of dates as numbers,
 * their sines and cosines, one more number for each column with gaps. A user of MLlib writes this.
 */
final class ChurnFrame {
  static final String LABEL = "churned";
  private static final List<String> CATEGORICAL = List.of("plan", "country");
  private static final List<String> WITH_GAPS = List.of("revenue", "discount", "last_seen");
  private static final Map<String, String> NUMBERS = numbers();

  private ChurnFrame() {}

  private static Map<String, String> numbers() {
    Map<String, String> numbers = new LinkedHashMap<>();
    Stream.of("revenue", "error_rate", "logins", "discount", "auto_renew", "trial")
        .forEach(name -> numbers.put(name + "_number", "cast(" + name + " as double)"));
    WITH_GAPS.forEach(name -> numbers.put(name + "_missing", "double(" + name + " is null)"));
    numbers.put("opened_days", "double(datediff(opened, date'2000-01-01'))");
    numbers.put("last_seen_days", "unix_timestamp(last_seen) / 86400D");
    circle(numbers, "opened_weekday", "dayofweek(opened)", 7);
    circle(numbers, "opened_day", "dayofyear(opened)", 366);
    circle(numbers, "last_seen_minute", "(hour(last_seen) * 60 + minute(last_seen))", 1440);
    circle(numbers, "last_seen_weekday", "dayofweek(last_seen)", 7);
    circle(numbers, "last_seen_day", "dayofyear(last_seen)", 366);
    return numbers;
  }

  private static void circle(Map<String, String> numbers, String name, String part, int period) {
    numbers.put(name, "double(" + part + ")");
    for (String function : List.of("sin", "cos")) {
      numbers.put(name + "_" + function, function + "(2 * pi() * " + part + " / " + period + ")");
    }
  }

  /** Reads a file of the table. */
  static Dataset<Row> read(SparkSession spark, Path csv) {
    Dataset<Row> table =
        spark
            .read()
            .option("header", true)
            .option("nullValue", "NA")
            .schema(
                "account string, opened date, plan string, country string, auto_renew boolean, trial"
                    + " boolean, last_seen timestamp, revenue double, error_rate double, logins"
                    + " double, discount double, note string, churned double")
            .csv(csv.toString());
    return NUMBERS.entrySet().stream()
        .reduce(
            table,
            (frame, number) -> frame.withColumn(number.getKey(), functions.expr(number.getValue())),
            (a, b) -> b);
  }

  /** Returns the stages that replace gaps by medians and categories by indexes. */
  static List<PipelineStage> stages() {
    return List.of(
        new Imputer()
            .setStrategy("median")
            .setInputCols(NUMBERS.keySet().toArray(String[]::new))
            .setOutputCols(imputed()),
        new StringIndexer()
            .setHandleInvalid("keep")
            .setInputCols(CATEGORICAL.toArray(String[]::new))
            .setOutputCols(indexes()));
  }

  /** Returns the numeric columns without gaps. */
  static String[] imputed() {
    return NUMBERS.keySet().stream().map(name -> name + "_imputed").toArray(String[]::new);
  }

  /** Returns the columns of the categories' indexes. */
  static String[] indexes() {
    return CATEGORICAL.stream().map(name -> name + "_index").toArray(String[]::new);
  }

  static String[] and(String[] columns, String... more) {
    return Stream.concat(Arrays.stream(columns), Arrays.stream(more)).toArray(String[]::new);
  }
}
