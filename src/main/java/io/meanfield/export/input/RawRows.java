package io.meanfield.export.input;

import io.meanfield.data.Examples;
import io.meanfield.data.Features;
import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.data.encoding.Vocabulary;
import io.meanfield.scorer.InputColumn;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Turns examples into the rows that a program without Spark hands over: the values by column; null
 * if one is missing.
 *
 * @param rows the examples before their preprocessing; of a table those that {@link
 *     TableEncoder#unscaled} encodes
 */
public record RawRows(Examples rows) implements ModelInput.RowVisitor<List<Map<String, Object>>> {
  private static final double NANOS = 1e9;

  private List<Map<String, Object>> rows(IntFunction<Map<String, Object>> row) {
    return IntStream.range(0, rows.count()).mapToObj(row).toList();
  }

  @Override
  public List<Map<String, Object>> array(InputColumn column) {
    return rows(row -> Map.of(column.name(), value(row)));
  }

  private Object value(int row) {
    int width = rows.width();
    if (rows.features() instanceof Features.Pixels pixels) {
      return Arrays.copyOfRange(pixels.values(), row * width, (row + 1) * width);
    }
    float[] numbers = new float[width];
    rows.features().write(row, numbers, 0);
    return numbers;
  }

  @Override
  public List<Map<String, Object>> columns(ModelInput.Columns columns) {
    RawTable table = new RawTable(columns.encoder(), rows);
    return rows(row -> values(columns.encoder(), table, row));
  }

  private static Map<String, Object> values(TableEncoder encoder, RawTable table, int row) {
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
