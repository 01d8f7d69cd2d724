package io.meanfield.data.parquet;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.ColumnNames;
import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.column.ValueType;
import io.meanfield.data.table.FeatureRule;
import io.meanfield.data.table.TableRules;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;

/**
 * The numeric columns of a table that are its features or its targets. A column contains numbers,
 * arrays of numbers of one length, vectors of Spark ML, or byte arrays; byte arrays are the pixels
 * of an image and must be the only column.
 *
 * @param widths the number of values of each column, in the order of {@code columns}
 */
@DefaultSerializer(JavaSerializer.class)
record ParquetNumericColumns(List<String> columns, List<Integer> widths, boolean images)
    implements Serializable {

  /** Determines the widths from the column types and, for arrays and bytes, from the first row. */
  static ParquetNumericColumns of(
      List<String> columns, org.apache.spark.sql.Dataset<Row> frame, String display) {
    return of(
        columns.stream().map(FeatureColumn.Plain::new).map(FeatureRule::of).toList(),
        frame,
        display,
        columns);
  }

  /** Returns the features. One that is preprocessed is one value. */
  static ParquetNumericColumns ofFeatures(
      TableRules rules, org.apache.spark.sql.Dataset<Row> frame, String display) {
    List<String> columns = rules.features().stream().map(FeatureRule::column).toList();
    return of(rules.features(), frame, display, columns);
  }

  private static ParquetNumericColumns of(
      List<FeatureRule> rules,
      org.apache.spark.sql.Dataset<Row> frame,
      String display,
      List<String> columns) {
    List<Integer> widths = new ArrayList<>();
    boolean images = false;
    for (FeatureRule rule : rules) {
      DataType type = frame.schema().apply(rule.column()).dataType();
      images |= type instanceof BinaryType;
      widths.add(width(rule, type, frame, display));
    }
    if (images && columns.size() > 1) {
      throw new UserException(
          ErrorCode.WRONG_SETTINGS,
          display
              + " has pixels beside other features ("
              + String.join(", ", columns)
              + "); expected one of them in data.columns.features");
    }
    return new ParquetNumericColumns(List.copyOf(columns), List.copyOf(widths), images);
  }

  private static int width(
      FeatureRule rule, DataType type, org.apache.spark.sql.Dataset<Row> frame, String display) {
    if (rule.type() != ValueType.FLOAT) {
      ParquetTypes.require(rule, type, display);
      return 1;
    }
    return isNumber(type) ? 1 : length(rule.column(), type, frame, display);
  }

  private static boolean isNumber(DataType type) {
    return type instanceof NumericType || type instanceof BooleanType;
  }

  private static int length(
      String column, DataType type, org.apache.spark.sql.Dataset<Row> frame, String display) {
    boolean bytes = type instanceof BinaryType;
    boolean vectors = type.equals(SQLDataTypes.VectorType());
    if (!bytes && !vectors && !(type instanceof ArrayType array && isNumber(array.elementType()))) {
      throw new UserException(
          ErrorCode.WRONG_SETTINGS,
          display
              + " has "
              + type.simpleString()
              + " in column "
              + column
              + ", expected numbers, an array of numbers, a vector or bytes; name numeric columns in"
              + " data.columns.features, and string columns in data.columns.categorical or"
              + " data.columns.exclude");
    }
    Column named = ColumnNames.named(column);
    List<Row> first = frame.select(named).where(named.isNotNull()).limit(1).collectAsList();
    if (first.isEmpty()) {
      throw new UserException(
          ErrorCode.DATA_UNREADABLE, display + " has no values in column " + column);
    }
    if (vectors) {
      return first.get(0).<Vector>getAs(0).size();
    }
    return bytes ? first.get(0).<byte[]>getAs(0).length : first.get(0).getList(0).size();
  }

  int width() {
    return widths.stream().mapToInt(Integer::intValue).sum();
  }
}
