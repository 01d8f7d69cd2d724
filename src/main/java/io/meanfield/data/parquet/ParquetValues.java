package io.meanfield.data.parquet;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.InvalidRowException;
import io.meanfield.data.SkippedRow;
import io.meanfield.data.column.ValueType;
import io.meanfield.data.table.FeatureRule;
import io.meanfield.data.table.TableRules;
import io.meanfield.store.HadoopPaths;
import java.io.Serializable;
import java.net.URI;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;

/** The values of rows, which are checked as they are read. */
@DefaultSerializer(JavaSerializer.class)
record ParquetValues(ParquetColumns columns, TableRules rules, String display)
    implements Serializable {
  /** Returns the number of feature {@code i}; NaN if it is missing. */
  double feature(Row row, int i) {
    FeatureRule rule = rules.features().get(i);
    Object value = row.get(columns.firstFeature() + i);
    double number = isMissing(value) ? Double.NaN : number(value, rule.type());
    if (Float.isFinite((float) number) || (isMissing(value) && rule.acceptsMissing())) {
      return number;
    }
    throw invalid(row, rule.column(), value, found(value) + ", expected " + rule.type().expected());
  }

  static String found(Object value) {
    return found(Optional.ofNullable(value).map(Object::toString));
  }

  static String found(Optional<String> value) {
    return value.map(text -> "is " + InvalidRowException.shown(text)).orElse("has no value");
  }

  private static boolean isMissing(Object value) {
    return value == null
        || (value instanceof Double number && number.isNaN())
        || (value instanceof Float single && single.isNaN())
        || (value instanceof String text && ValueType.isMissing(text.strip()));
  }

  private static double number(Object value, ValueType type) {
    if (value instanceof String text) {
      return type.parse(text.strip()).orElse(Double.NaN);
    }
    if (value instanceof Boolean bool) {
      return bool ? 1 : 0;
    }
    if (value instanceof LocalDateTime time) {
      return ValueType.seconds(time.toInstant(ZoneOffset.UTC));
    }
    return value instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  /** Returns the weight of an example; only if the schema has one. */
  float weight(Row row) {
    Object value = row.get(columns.weight());
    if (value instanceof Number number
        && Float.isFinite(number.floatValue())
        && number.floatValue() >= 0) {
      return number.floatValue();
    }
    throw invalid(
        row,
        columns.schema().weight().get(0),
        value,
        found(value) + ", expected " + TableRules.EXPECTED_WEIGHT);
  }

  /** Returns the value of categorical column {@code i}; empty if it is missing. */
  String category(Row row, int i) {
    int column = columns.firstCategorical() + i;
    String value = row.isNullAt(column) ? "" : row.getString(column);
    return rules.acceptsUnknown() && value.isBlank() ? "" : value;
  }

  /**
   * Returns the exception of a value.
   *
   * @param problem what is wrong, which follows {@code column NAME}
   */
  InvalidRowException invalid(Row row, String column, Object value, String problem) {
    return InvalidRowException.ofValue(
        location(row), column, value == null ? "" : value.toString(), problem);
  }

  /** Returns where a row is. */
  SkippedRow.Place place(Row row) {
    String file = columns.file(row);
    String id = Optional.ofNullable(columns.id(row)).orElse("");
    return file.equals(FrameSource.NO_FILE)
        ? new SkippedRow.Place(display, 0, id)
        : new SkippedRow.Place(HadoopPaths.display(path(file)), number(row), id);
  }

  /** Returns where a row is, for messages. */
  String location(Row row) {
    return location(columns.file(row), columns.rowInFile(row));
  }

  /**
   * Returns where a row is, for messages.
   *
   * @param file the path as a URI
   * @param rowInFile the number of the row in its file, from 0
   */
  String location(String file, long rowInFile) {
    return file.equals(FrameSource.NO_FILE)
        ? display
        : path(file).getName() + " of " + display + ", row " + (rowInFile + 1);
  }

  // Spark writes the path of a file as a URI, in which some characters are encoded.
  private static Path path(String file) {
    return new Path(URI.create(file));
  }

  /** Returns the number of a row in its file, from 1. */
  private long number(Row row) {
    return columns.rowInFile(row) + 1;
  }
}
