package io.meanfield.pipeline.start;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.hll_sketch_agg;
import static org.apache.spark.sql.functions.hll_sketch_estimate;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.translate;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import io.meanfield.data.column.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.AtomicType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** Counts with Spark what the columns of a table hold. */
final class TableSurvey {
  private static final int COLUMNS_A_PASS = 200; // Spark's plans grow with the number of columns
  private static final int SKETCH_BITS = 14; // exact below 2,000 values, then an error of 1 %
  // Not deterministic for Spark, so that it computes the forms and the number of a value once.
  private static final UserDefinedFunction FORMS =
      udf((UDF1<String, Long>) ValueForms::of, DataTypes.LongType).asNondeterministic();
  private static final UserDefinedFunction NUMBER =
      udf((UDF1<String, Double>) TableSurvey::number, DataTypes.DoubleType).asNondeterministic();

  private TableSurvey() {}

  private static Double number(String text) {
    OptionalDouble number = text == null ? OptionalDouble.empty() : ValueType.NUMBER.parse(text);
    return number.isPresent() ? number.getAsDouble() : null;
  }

  /** Returns the statistics of all columns. */
  static List<ColumnStatistics> of(Dataset<Row> table) {
    List<ColumnStatistics> statistics = new ArrayList<>();
    int columns = table.columns().length;
    for (int first = 0; first < columns; first += COLUMNS_A_PASS) {
      statistics.addAll(of(table, first, Math.min(columns, first + COLUMNS_A_PASS)));
    }
    return statistics;
  }

  private static List<ColumnStatistics> of(Dataset<Row> table, int first, int end) {
    Dataset<Row> numbered =
        table.toDF(
            IntStream.range(0, table.columns().length)
                .mapToObj(TableSurvey::value)
                .toArray(String[]::new));
    int[] single =
        IntStream.range(first, end)
            .filter(i -> isSingle(table.schema().apply(i).dataType()))
            .toArray();
    List<Column> values = new ArrayList<>(List.of(lit(1).as("row")));
    List<Column> counts = new ArrayList<>();
    for (int i : single) {
      Column text = trim(col(value(i)).cast(DataTypes.StringType));
      values.add(text.as(value(i)));
      values.add(FORMS.apply(text).as(forms(i)));
      values.add(NUMBER.apply(text).as(number(i)));
      counts.addAll(counts(i));
    }
    Row found =
        numbered
            .select(values.toArray(Column[]::new))
            .agg(count(lit(1)), counts.toArray(Column[]::new))
            .head();
    return IntStream.range(first, end).mapToObj(i -> statistics(table, i, single, found)).toList();
  }

  private static String value(int column) {
    return "value" + column;
  }

  private static String forms(int column) {
    return "forms" + column;
  }

  private static String number(int column) {
    return "number" + column;
  }

  // Binary values are images.
  private static boolean isSingle(DataType type) {
    return type instanceof AtomicType && !(type instanceof BinaryType);
  }

  private static List<Column> counts(int i) {
    Column forms = col(forms(i));
    Column present = when(forms.isNotNull(), col(value(i)));
    Column number = col(number(i));
    Column words = length(present).minus(length(translate(present, " ", ""))).plus(1);
    return List.of(
        count(forms),
        coalesce(hll_sketch_estimate(hll_sketch_agg(present, SKETCH_BITS)), lit(0L)),
        count(number),
        coalesce(expr("bit_and(forms" + i + ")"), lit(0L)),
        coalesce(min(number), lit(Double.NaN)),
        coalesce(max(number), lit(Double.NaN)),
        coalesce(avg(words), lit(0.0)),
        coalesce(max(present.contains("\n").or(present.contains("\r"))), lit(false)));
  }

  private static ColumnStatistics statistics(Dataset<Row> table, int i, int[] single, Row found) {
    String name = table.columns()[i];
    long rows = found.getLong(0);
    int place =
        IntStream.range(0, single.length).filter(k -> single[k] == i).findFirst().orElse(-1);
    if (place < 0) {
      return ColumnStatistics.compound(
          name, table.schema().apply(i).dataType().catalogString(), rows);
    }
    int first = 1 + 8 * place;
    return new ColumnStatistics(
        name,
        Optional.empty(),
        rows,
        found.getLong(first),
        found.getLong(first + 1),
        found.getLong(first + 2),
        new ValueForms(found.getLong(first + 3)),
        new ColumnStatistics.Extent(
            found.getDouble(first + 4),
            found.getDouble(first + 5),
            found.getDouble(first + 6),
            found.getBoolean(first + 7)));
  }
}
