package io.meanfield.bench;

import io.meanfield.ml.MeanfieldClassificationModel;
import io.meanfield.ml.MeanfieldClassifier;
import io.meanfield.scorer.Scorer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntConsumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Prints the latency of one row, and rows a second, of the scorer in this process, and the latency
 * of {@code transform} of a DataFrame of one row. For {@code dev/bench serve}.
 */
final class OneRowTimes {
  private static final String[] FEATURES = {
    "age", "tenure", "monthly", "calls", "complaints", "discount", "plan", "city"
  };
  private static final int BATCH = 100;
  private static final int TRANSFORMS = 50;

  private OneRowTimes() {}

  /** Takes an exported model, the table, and the number of rows that are scored one by one. */
  public static void main(String[] arguments) {
    int requests = Integer.parseInt(arguments[2]);
    try (SparkSession spark =
        SparkSession.builder()
            .master("local[2]")
            .appName("one row")
            .config("spark.ui.enabled", false)
            .getOrCreate()) {
      Dataset<Row> table =
          spark.read().option("header", true).option("inferSchema", true).csv(arguments[1]);
      List<Row> rows = table.limit(requests).collectAsList();
      score(Path.of(arguments[0]), rows);
      transform(spark, table, rows);
    }
  }

  private static void score(Path exported, List<Row> rows) {
    List<Map<String, Object>> values = rows.stream().map(OneRowTimes::values).toList();
    try (Scorer scorer = Scorer.load(exported)) {
      print("scorer", values.size(), i -> scorer.score(values.get(i)));
      long start = System.nanoTime();
      int count = 0;
      for (int i = 0; i + BATCH <= values.size(); i += BATCH) {
        count += scorer.score(values.subList(i, i + BATCH)).size();
      }
      System.out.printf(
          Locale.ROOT,
          "scorer    %s rows a call: %,.0f rows a second%n",
          BATCH,
          count * 1e9 / (System.nanoTime() - start));
    }
  }

  private static Map<String, Object> values(Row row) {
    Map<String, Object> values = new HashMap<>();
    for (String column : FEATURES) {
      values.put(column, row.getAs(column));
    }
    return values;
  }

  private static void transform(SparkSession spark, Dataset<Row> table, List<Row> rows) {
    MeanfieldClassifier classifier =
        new MeanfieldClassifier().setFeaturesCols(FEATURES).setIdCol("customer").setMaxIter(1);
    classifier.setLabelCol("churned");
    MeanfieldClassificationModel model = classifier.fit(table);
    print(
        "transform",
        TRANSFORMS,
        i ->
            model
                .transform(spark.createDataFrame(List.of(rows.get(i)), table.schema()))
                .collectAsList());
  }

  /** Prints the times of calls, after as many calls that warm the virtual machine up. */
  private static void print(String name, int count, IntConsumer call) {
    double[] millis = new double[count];
    for (int turn = 0; turn < 2; turn++) {
      for (int i = 0; i < count; i++) {
        long start = System.nanoTime();
        call.accept(i);
        millis[i] = (System.nanoTime() - start) / 1e6;
      }
    }
    Arrays.sort(millis);
    System.out.printf(
        Locale.ROOT,
        "%-9s one row: median %.3f ms, 99th percentile %.3f ms%n",
        name,
        millis[count / 2],
        millis[count * 99 / 100]);
  }
}
