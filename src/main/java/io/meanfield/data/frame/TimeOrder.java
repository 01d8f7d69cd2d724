package io.meanfield.data.frame;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.column.ColumnUse;
import io.meanfield.data.column.TextForm;
import io.meanfield.data.column.ValueType;
import io.meanfield.data.frame.packed.ColumnKind;
import io.meanfield.data.frame.packed.RowPart;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/**
 * Finds the columns of times in whose order the rows of a table lie, oldest or newest first: of
 * nearly all pairs of rows with different times, the same one is the older one. Rows that are in
 * order inside each of several groups are not. Looks at about two thousand rows; travels to
 * executors.
 *
 * @param every the distance of the rows that are looked at
 */
@DefaultSerializer(JavaSerializer.class)
record TimeOrder(ColumnKind[] kinds, ValueType[] types, TextForm[] forms, int every)
    implements Serializable {
  private static final int ROWS = 2_000;
  private static final int LEAST_TIMES = 20;
  private static final double NEARLY_ALL = 0.95;

  /**
   * Returns the names of the columns.
   *
   * @param times the columns of times
   * @param rows the number of rows
   */
  static List<String> of(Table table, List<ColumnUse> times, long rows) {
    StructType fields = table.frame().schema();
    List<Column> selected =
        times.stream()
            .map(use -> ColumnTypes.feature(use.column(), fields.apply(use.column())))
            .toList();
    Dataset<Row> frame = table.select(selected, List.of());
    TimeOrder order =
        new TimeOrder(
            ColumnKind.of(frame.schema()),
            times.stream().map(ColumnUse::type).toArray(ValueType[]::new),
            times.stream().map(ColumnUse::form).toArray(TextForm[]::new),
            (int) (1 + rows / ROWS));
    List<double[]> some = Table.rows(frame).mapPartitions(order::some).collect();
    return IntStream.range(0, times.size())
        .filter(i -> isInOrder(some.stream().mapToDouble(row -> row[i]).toArray()))
        .mapToObj(i -> times.get(i).column())
        .toList();
  }

  private Iterator<double[]> some(Iterator<InternalRow> rows) {
    List<double[]> some = new ArrayList<>();
    for (long row = 0; rows.hasNext(); row++) {
      InternalRow next = rows.next();
      if (row % every == 0) {
        some.add(times(next));
      }
    }
    return some.iterator();
  }

  private double[] times(InternalRow row) {
    RowPart part = RowPart.of(List.of(row), kinds);
    double[] times = new double[kinds.length];
    Arrays.setAll(times, i -> time(part, i));
    return times;
  }

  private double time(RowPart row, int column) {
    if (row.isMissing(column)) {
      return Double.NaN;
    }
    return row.isText(column)
        ? forms[column].parse(types[column], row.text(column).strip()).orElse(Double.NaN)
        : row.number(column);
  }

  /** Returns whether times lie in their order, the oldest or the newest first. */
  static boolean isInOrder(double[] times) {
    double[] present = Arrays.stream(times).filter(Double::isFinite).toArray();
    long later = 0;
    long earlier = 0;
    for (int i = 0; i < present.length; i++) {
      for (int j = i + 1; j < present.length; j++) {
        later += present[j] > present[i] ? 1 : 0;
        earlier += present[j] < present[i] ? 1 : 0;
      }
    }
    return Arrays.stream(present).distinct().count() >= LEAST_TIMES
        && Math.max(later, earlier) >= NEARLY_ALL * (later + earlier);
  }
}
