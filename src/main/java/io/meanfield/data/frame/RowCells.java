package io.meanfield.data.frame;

import io.meanfield.data.column.ValueType;
import io.meanfield.data.frame.packed.Cells;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;

/** The values of rows with objects, as a function or a copy of their columns needs them. */
final class RowCells implements Cells {
  private final List<Row> rows;
  private Row row;

  RowCells(List<Row> rows) {
    this.rows = rows;
    this.row = Row.empty();
  }

  @Override
  public void moveTo(int next) {
    row = rows.get(next);
  }

  @Override
  public boolean hasNumbers(int column) {
    return false;
  }

  @Override
  public void copyNumbers(int column, int first, double[] target) {
    throw new IllegalStateException("values may be of any type");
  }

  @Override
  public boolean isMissing(int column) {
    return row.isNullAt(column);
  }

  @Override
  public boolean isText(int column) {
    return row.get(column) instanceof String;
  }

  @Override
  public double number(int column) {
    return number(row.get(column));
  }

  private static double number(Object value) {
    if (value instanceof Boolean bool) {
      return bool ? 1 : 0;
    }
    if (value instanceof LocalDateTime time) {
      return ValueType.seconds(time.toInstant(ZoneOffset.UTC));
    }
    return value instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  @Override
  public long whole(int column) {
    return row.getLong(column);
  }

  @Override
  public String text(int column) {
    return row.getString(column);
  }

  @Override
  public float[] numbers(int column) {
    Object value = row.get(column);
    if (value instanceof Vector vector) {
      return floats(vector.toArray());
    }
    if (value instanceof Number || value instanceof Boolean) {
      return new float[] {(float) number(value)};
    }
    List<Object> all = row.getList(column);
    return floats(all.stream().mapToDouble(RowCells::number).toArray());
  }

  private static float[] floats(double[] numbers) {
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return floats;
  }

  @Override
  public byte[] bytes(int column) {
    return row.getAs(column);
  }
}
