package io.meanfield.data.frame;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;

/** The values of a row as Spark computes it, without an object for each number. */
final class SparkCells implements Cells {
  private static final double MICROS = 1e6;

  private final List<Kind> kinds;
  private InternalRow row;

  /** How the values of a column are stored. */
  enum Kind {
    NUMBER,
    MICROS,
    TEXT,
    FLOATS,
    DOUBLES,
    OTHER;

    private static Kind of(DataType type) {
      if (type instanceof StringType) {
        return TEXT;
      }
      if (type instanceof TimestampNTZType) {
        return MICROS;
      }
      if (type instanceof ArrayType array) {
        return array.elementType() instanceof FloatType ? FLOATS : DOUBLES;
      }
      return type instanceof DoubleType ? NUMBER : OTHER;
    }

    static List<Kind> of(StructType schema) {
      return Arrays.stream(schema.fields()).map(field -> of(field.dataType())).toList();
    }
  }

  SparkCells(List<Kind> kinds) {
    this.kinds = kinds;
  }

  /** Has the values of this row from now on. */
  void read(InternalRow next) {
    row = next;
  }

  @Override
  public boolean isMissing(int column) {
    return row.isNullAt(column);
  }

  @Override
  public boolean isText(int column) {
    return kinds.get(column) == Kind.TEXT;
  }

  @Override
  public double number(int column) {
    return kinds.get(column) == Kind.MICROS ? row.getLong(column) / MICROS : row.getDouble(column);
  }

  @Override
  public long whole(int column) {
    return row.getLong(column);
  }

  @Override
  public String text(int column) {
    return row.getUTF8String(column).toString();
  }

  @Override
  public float[] numbers(int column) {
    if (kinds.get(column) == Kind.NUMBER) {
      return new float[] {(float) row.getDouble(column)};
    }
    ArrayData array = row.getArray(column);
    float[] numbers = new float[array.numElements()];
    for (int i = 0; i < numbers.length; i++) {
      if (array.isNullAt(i)) {
        numbers[i] = Float.NaN;
      } else {
        numbers[i] =
            kinds.get(column) == Kind.FLOATS ? array.getFloat(i) : (float) array.getDouble(i);
      }
    }
    return numbers;
  }

  @Override
  public byte[] bytes(int column) {
    return row.getBinary(column);
  }
}
