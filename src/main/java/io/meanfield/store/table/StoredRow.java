package io.meanfield.store.table;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.Type;

/**
 * A row of a run's table, read without Spark.
 *
 * @param values the values by column; a column that is null or a timestamp is absent
 */
public record StoredRow(Map<String, Object> values) {
  /** Returns a row of a file. */
  public static StoredRow of(Group row) {
    Map<String, Object> values = new LinkedHashMap<>();
    GroupType type = row.getType();
    for (int field = 0; field < type.getFieldCount(); field++) {
      String name = type.getFieldName(field);
      if (row.getFieldRepetitionCount(field) > 0 && type.getType(field).isPrimitive()) {
        value(row, field, type.getType(field)).ifPresent(value -> values.put(name, value));
      }
    }
    return new StoredRow(values);
  }

  private static Optional<Object> value(Group row, int field, Type type) {
    return switch (type.asPrimitiveType().getPrimitiveTypeName()) {
      case INT32 -> Optional.of(row.getInteger(field, 0));
      case INT64 -> Optional.of(row.getLong(field, 0));
      case FLOAT -> Optional.of(row.getFloat(field, 0));
      case DOUBLE -> Optional.of(row.getDouble(field, 0));
      case BOOLEAN -> Optional.of(row.getBoolean(field, 0));
      case BINARY ->
          Optional.of(
              LogicalTypeAnnotation.stringType().equals(type.getLogicalTypeAnnotation())
                  ? row.getString(field, 0)
                  : row.getBinary(field, 0).getBytes());
      case FIXED_LEN_BYTE_ARRAY, INT96 -> Optional.empty();
    };
  }

  /** Returns the text of a column; empty if it is null, or if the table has no such column. */
  public Optional<String> text(String column) {
    return value(column, String.class);
  }

  /** Returns the number of a column; empty if it is null, or if the table has no such column. */
  public Optional<Double> number(String column) {
    return value(column, Number.class).map(Number::doubleValue);
  }

  /** Returns whether a column of truth values is true in this row. */
  public boolean isTrue(String column) {
    return value(column, Boolean.class).orElse(false);
  }

  private <T> Optional<T> value(String column, Class<T> type) {
    return Optional.ofNullable(values.get(column)).filter(type::isInstance).map(type::cast);
  }
}
