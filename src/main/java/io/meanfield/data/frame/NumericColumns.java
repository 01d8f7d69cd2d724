package io.meanfield.data.frame;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.column.FeatureColumn;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/**
 * The numeric columns of a table that are its features or its targets. A column contains numbers,
 * arrays of numbers of one length, vectors of Spark ML, or byte arrays; byte arrays are the pixels
 * of an image and must be the only column.
 *
 * @param widths the number of values of each column, in the order of {@code columns}
 * @param arrays whether each column has arrays, vectors or bytes
 */
@DefaultSerializer(JavaSerializer.class)
record NumericColumns(
    List<String> columns, List<Integer> widths, List<Boolean> arrays, boolean images)
    implements Serializable {

  /** Determines the widths from the column types and, for arrays and bytes, from one row. */
  static NumericColumns of(
      List<String> columns, StructType types, ArrayLengths lengths, String display) {
    return ofFeatures(columns.stream().map(FeatureColumn::plain).toList(), types, lengths, display);
  }

  /** Returns the features. One that is preprocessed is one value. */
  static NumericColumns ofFeatures(
      List<FeatureColumn> rules, StructType types, ArrayLengths lengths, String display) {
    List<String> columns = rules.stream().map(FeatureColumn::column).toList();
    List<Integer> widths = new ArrayList<>();
    List<Boolean> arrays = new ArrayList<>();
    boolean images = false;
    for (FeatureColumn rule : rules) {
      DataType type = types.apply(rule.column()).dataType();
      images |= type instanceof BinaryType;
      widths.add(width(rule, type, lengths, display));
      arrays.add(type instanceof BinaryType || ColumnTypes.hasNumbers(type));
    }
    if (images && columns.size() > 1) {
      throw new UserException(
          ErrorCode.WRONG_SETTINGS,
          display
              + " has pixels beside other features ("
              + String.join(", ", columns)
              + "); expected one of them in data.columns.features");
    }
    return new NumericColumns(
        List.copyOf(columns), List.copyOf(widths), List.copyOf(arrays), images);
  }

  private static int width(
      FeatureColumn rule, DataType type, ArrayLengths lengths, String display) {
    if (!rule.isPlain()) {
      ColumnTypes.require(rule, type, display);
      return 1;
    }
    return ColumnTypes.isNumber(type) || type instanceof StringType
        ? 1
        : length(rule.column(), type, lengths, display);
  }

  private static int length(String column, DataType type, ArrayLengths lengths, String display) {
    if (!(type instanceof BinaryType) && !ColumnTypes.hasNumbers(type)) {
      throw ColumnTypes.wrong(
          column,
          type,
          display,
          "numbers, texts, an array of numbers, a vector or bytes; name the column in"
              + " data.columns.exclude");
    }
    return lengths
        .of(column)
        .orElseThrow(
            () ->
                new UserException(
                    ErrorCode.DATA_UNREADABLE, display + " has no values in column " + column));
  }

  int width() {
    return widths.stream().mapToInt(Integer::intValue).sum();
  }
}
