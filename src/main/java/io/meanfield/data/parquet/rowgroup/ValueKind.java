package io.meanfield.data.parquet.rowgroup;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.Optional;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;

/** The types of values that are read into arrays, as Spark names them. */
@DefaultSerializer(JavaSerializer.class)
public enum ValueKind implements Serializable {
  BOOLEAN,
  BYTE,
  SHORT,
  INTEGER,
  LONG,
  FLOAT,
  DOUBLE,
  TEXT,
  BYTES;

  private static final int BYTE_BITS = 8;
  private static final int SHORT_BITS = 16;
  private static final int LONG_BITS = 64;

  /** Returns whether values are truth values or integers. */
  public boolean isInteger() {
    return switch (this) {
      case BOOLEAN, BYTE, SHORT, INTEGER, LONG -> true;
      default -> false;
    };
  }

  /** Returns whether values are numbers or truth values. */
  public boolean isNumeric() {
    return isInteger() || this == FLOAT || this == DOUBLE;
  }

  /** Returns the type that Spark gives a column of a file; empty if it is none of these. */
  static Optional<ValueKind> of(PrimitiveType type) {
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    return switch (type.getPrimitiveTypeName()) {
      case BOOLEAN -> plain(logical, BOOLEAN);
      case FLOAT -> plain(logical, FLOAT);
      case DOUBLE -> plain(logical, DOUBLE);
      case INT32 -> logical == null ? Optional.of(INTEGER) : integer(logical);
      case INT64 -> logical == null ? Optional.of(LONG) : integer(logical);
      case BINARY ->
          LogicalTypeAnnotation.stringType().equals(logical)
              ? Optional.of(TEXT)
              : plain(logical, BYTES);
      case FIXED_LEN_BYTE_ARRAY, INT96 -> Optional.empty();
    };
  }

  private static Optional<ValueKind> plain(LogicalTypeAnnotation logical, ValueKind kind) {
    return logical == null ? Optional.of(kind) : Optional.empty();
  }

  // Spark reads unsigned integers as the next larger type.
  private static Optional<ValueKind> integer(LogicalTypeAnnotation logical) {
    if (!(logical instanceof IntLogicalTypeAnnotation integer) || !integer.isSigned()) {
      return Optional.empty();
    }
    return switch (integer.getBitWidth()) {
      case BYTE_BITS -> Optional.of(BYTE);
      case SHORT_BITS -> Optional.of(SHORT);
      case LONG_BITS -> Optional.of(LONG);
      default -> Optional.of(INTEGER);
    };
  }
}
