package io.meanfield.evaluate.inspection;

import io.meanfield.data.Examples;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.evaluate.metric.PredictionBlock;
import io.meanfield.store.table.RowTable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.types.DataTypes;

/**
 * The table {@code worst_rows}: the examples that a model predicts worst, a row for each of their
 * columns.
 */
final class WorstRowsTable {
  static final RowTable<Entry> TABLE =
      RowTable.<Entry>named("worst_rows")
          .column("rank", DataTypes.IntegerType, Entry::rank)
          .column("example_id", DataTypes.LongType, entry -> entry.row().id())
          .nullable("example_key", DataTypes.StringType, entry -> entry.row().shownKey())
          .column("actual", DataTypes.StringType, Entry::actual)
          .column("predicted", DataTypes.StringType, Entry::predicted)
          .column("size", DataTypes.DoubleType, entry -> entry.row().size())
          .column("column", DataTypes.StringType, Entry::column)
          .column("value", DataTypes.StringType, Entry::value);

  /**
   * A column of an example.
   *
   * @param rank from 1, the worst
   */
  record Entry(
      int rank, WorstRow row, String actual, String predicted, String column, String value) {}

  private WorstRowsTable() {}

  /**
   * Returns the rows of the table.
   *
   * @param examples those that were predicted
   * @param encoder of the examples
   */
  static List<Entry> entries(
      JavaRDD<PredictionBlock> predictions,
      JavaRDD<Examples> examples,
      TableEncoder encoder,
      boolean classes) {
    List<WorstRow> worst =
        WorstRow.worst(predictions.map(WorstRow::of).collect().stream().flatMap(List::stream));
    Map<Long, float[]> inputs = inputs(examples, worst);
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < worst.size(); i++) {
      WorstRow row = worst.get(i);
      int rank = i + 1;
      String actual = text(row.actual(), encoder, classes);
      String predicted = text(row.predicted(), encoder, classes);
      encoder
          .values(inputs.get(row.id()))
          .forEach(
              (column, value) ->
                  entries.add(new Entry(rank, row, actual, predicted, column, value)));
    }
    return entries;
  }

  private static String text(float[] values, TableEncoder encoder, boolean classes) {
    if (classes) {
      int cls = (int) values[0];
      return encoder.labelName(cls).orElse(Integer.toString(cls));
    }
    return IntStream.range(0, values.length)
        .mapToObj(i -> new BigDecimal(Float.toString(values[i])).toPlainString())
        .collect(Collectors.joining("; "));
  }

  private static Map<Long, float[]> inputs(JavaRDD<Examples> examples, List<WorstRow> worst) {
    Set<Long> ids = worst.stream().map(WorstRow::id).collect(Collectors.toSet());
    Map<Long, float[]> inputs = new HashMap<>();
    examples
        .map(
            block ->
                block.select(
                    IntStream.range(0, block.count()).filter(i -> ids.contains(block.ids()[i]))))
        .filter(block -> block.count() > 0)
        .collect()
        .forEach(
            block -> {
              for (int row = 0; row < block.count(); row++) {
                float[] values = new float[block.width()];
                block.features().write(row, values, 0);
                inputs.put(block.ids()[row], values);
              }
            });
    return inputs;
  }
}
