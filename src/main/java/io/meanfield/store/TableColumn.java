package io.meanfield.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.JulianFields;
import java.util.Arrays;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/**
 * A column of a table that the driver writes.
 *
 * @param field name, type and nullability, as in Spark
 * @param kind how Parquet stores the values
 */
record TableColumn(StructField field, Kind kind) {
  /** The types of columns, each as Spark stores it by default. */
  enum Kind {
    TEXT(DataTypes.StringType, PrimitiveTypeName.BINARY) {
      @Override
      void write(Object value, RecordConsumer out) {
        out.addBinary(Binary.fromString((String) value));
      }
    },
    BYTES(DataTypes.BinaryType, PrimitiveTypeName.BINARY) {
      @Override
      void write(Object value, RecordConsumer out) {
        out.addBinary(Binary.fromConstantByteArray((byte[]) value));
      }
    },
    INTEGER(DataTypes.IntegerType, PrimitiveTypeName.INT32) {
      @Override
      void write(Object value, RecordConsumer out) {
        out.addInteger((Integer) value);
      }
    },
    LONG(DataTypes.LongType, PrimitiveTypeName.INT64) {
      @Override
      void write(Object value, RecordConsumer out) {
        out.addLong((Long) value);
      }
    },
    FLOAT(DataTypes.FloatType, PrimitiveTypeName.FLOAT) {
      @Override
      void write(Object value, RecordConsumer out) {
        out.addFloat((Float) value);
      }
    },
    DOUBLE(DataTypes.DoubleType, PrimitiveTypeName.DOUBLE) {
      @Override
      void write(Object value, RecordConsumer out) {
        out.addDouble((Double) value);
      }
    },
    BOOLEAN(DataTypes.BooleanType, PrimitiveTypeName.BOOLEAN) {
      @Override
      void write(Object value, RecordConsumer out) {
        out.addBoolean((Boolean) value);
      }
    },
    TIMESTAMP(DataTypes.TimestampType, PrimitiveTypeName.INT96) {
      @Override
      void write(Object value, RecordConsumer out) {
        out.addBinary(int96(((Timestamp) value).toInstant()));
      }
    };

    private final String spark;
    private final PrimitiveTypeName parquet;

    Kind(DataType spark, PrimitiveTypeName parquet) {
      this.spark = spark.typeName();
      this.parquet = parquet;
    }

    /** Writes a value of this type. */
    abstract void write(Object value, RecordConsumer out);
  }

  /**
   * Returns the column for a field.
   *
   * @throws IllegalArgumentException if the driver writes no tables with such columns
   */
  static TableColumn of(StructField field) {
    Kind kind =
        Arrays.stream(Kind.values())
            .filter(each -> each.spark.equals(field.dataType().typeName()))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "column "
                            + field.name()
                            + " has the type "
                            + field.dataType().simpleString()
                            + ", which only distributed tables can have"));
    return new TableColumn(field, kind);
  }

  /** Returns the column of the Parquet file. */
  Type type() {
    Types.PrimitiveBuilder<PrimitiveType> type =
        field.nullable() ? Types.optional(kind.parquet) : Types.required(kind.parquet);
    return (kind == Kind.TEXT ? type.as(LogicalTypeAnnotation.stringType()) : type)
        .named(field.name());
  }

  /**
   * Returns whether a row has a value in this column.
   *
   * @throws IllegalArgumentException if it has none and must have one
   */
  boolean hasValue(Object value) {
    if (value == null && !field.nullable()) {
      throw new IllegalArgumentException("column " + field.name() + " has a row without a value");
    }
    return value != null;
  }

  void write(Object value, RecordConsumer out) {
    kind.write(value, out);
  }

  // The nanoseconds of the day and the Julian day, with the precision that Spark has.
  private static Binary int96(Instant time) {
    Instant rounded = time.truncatedTo(ChronoUnit.MICROS);
    OffsetDateTime utc = rounded.atOffset(ZoneOffset.UTC);
    ByteBuffer bytes = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(utc.toLocalTime().toNanoOfDay());
    bytes.putInt((int) utc.getLong(JulianFields.JULIAN_DAY));
    return Binary.fromConstantByteArray(bytes.array());
  }
}
