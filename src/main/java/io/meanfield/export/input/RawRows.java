package io.meanfield.export.input;

import io.meanfield.data.Examples;
import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.data.encoding.Vocabulary;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Rows of a table before their preprocessing, as a program without Spark hands them over. */
public record RawRows(TableEncoder encoder) {
  private static final double NANOS = 1e9;

  /**
   * Returns the values of each row, by column; null if one is missing.
   *
   * @param rows the examples that {@link TableEncoder#unscaled} encodes
   */
  public List<Map<String, Object>> of(Examples rows) {
    RawTable table = new RawTable(encoder, rows);
    return IntStream.range(0, rows.count()).mapToObj(row -> values(table, row)).toList();
  }

  private Map<String, Object> values(RawTable table, int row) {
    Map<String, Object> values = new HashMap<>();
    for (int i = 0; i < encoder.columns().size(); i++) {
      FeatureColumn column = encoder.columns().get(i);
      double number = table.number(row, i);
      values.put(column.column(), Double.isNaN(number) ? null : value(column, number));
    }
    for (int i = 0; i < encoder.categorical().size(); i++) {
      Vocabulary column = encoder.categorical().get(i);
      String text = table.category(row, i);
      values.put(column.column(), text.equals(RawTable.UNKNOWN) ? null : text);
    }
    return values;
  }

  private static Object value(FeatureColumn column, double number) {
    return switch (column.type()) {
      case BOOLEAN -> number != 0;
      case DATE, TIMESTAMP -> {
        long seconds = (long) Math.floor(number);
        yield Instant.ofEpochSecond(seconds, Math.round((number - seconds) * NANOS));
      }
      case FLOAT, NUMBER -> number;
    };
  }
}
