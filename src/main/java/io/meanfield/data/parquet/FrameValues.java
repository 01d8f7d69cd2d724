package io.meanfield.data.parquet;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.ColumnNames;
import io.meanfield.data.Vocabulary;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The different values of columns that Spark reads, all in one job without a shuffle.
 *
 * @param columns for each column the number of rows with each value, null for a missing one; of
 *     more values than a vocabulary may have only some
 */
@DefaultSerializer(JavaSerializer.class)
record FrameValues(List<Map<Object, Long>> columns) implements Serializable {
  private static final int MOST = Vocabulary.MAX_VALUES + 2; // with a missing one

  /** Reads columns of a frame. */
  static FrameValues of(Dataset<Row> frame, List<String> columns) {
    int width = columns.size();
    return frame
        .select(columns.stream().map(column -> value(frame, column)).toArray(Column[]::new))
        .javaRDD()
        .mapPartitions(rows -> List.of(read(rows, width)).iterator())
        .treeAggregate(none(width), FrameValues::plus, FrameValues::plus);
  }

  // Different integers have different strings, and there are fewer of them than rows.
  private static Column value(Dataset<Row> frame, String column) {
    return IdColumn.isInteger(frame.schema().apply(column).dataType())
        ? ColumnNames.named(column)
        : ColumnNames.string(column);
  }

  private static FrameValues none(int width) {
    List<Map<Object, Long>> columns = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      columns.add(new HashMap<>());
    }
    return new FrameValues(columns);
  }

  private static FrameValues read(Iterator<Row> rows, int width) {
    FrameValues found = none(width);
    while (rows.hasNext()) {
      Row row = rows.next();
      for (int i = 0; i < width; i++) {
        found.add(i, row.get(i), 1);
      }
    }
    return found;
  }

  private void add(int column, Object value, long rows) {
    Map<Object, Long> counts = columns.get(column);
    if (counts.size() < MOST || counts.containsKey(value)) {
      counts.merge(value, rows, Long::sum);
    }
  }

  private FrameValues plus(FrameValues other) {
    FrameValues sum = none(columns.size());
    for (FrameValues part : List.of(this, other)) {
      for (int i = 0; i < columns.size(); i++) {
        int column = i;
        part.columns.get(i).forEach((value, rows) -> sum.add(column, value, rows));
      }
    }
    return sum;
  }
}
