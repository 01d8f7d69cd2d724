package io.meanfield.data.frame;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.ColumnNames;
import io.meanfield.data.column.FeatureColumn;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
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
      List<String> columns,
      StructType types,
      Function<String, Optional<Integer>> lengths,
      String display) {
    return ofFeatures(columns.stream().map(FeatureColumn::plain).toList(), types, lengths, display);
  }

  /** Returns the features. One that is preprocessed is one value. */
  static NumericColumns ofFeatures(
      List<FeatureColumn> rules,
      StructType types,
      Function<String, Optional<Integer>> lengths,
      String display) {
    List<String> columns = rules.stream().map(FeatureColumn::column).toList();
    List<Integer> widths = new ArrayList<>();
    List<Boolean> arrays = new ArrayList<>();
    boolean images = false;
    for (FeatureColumn rule : rules) {
      DataType type = types.apply(rule.column()).dataType();
      images |= type instanceof BinaryType;
      widths.add(width(rule, type, lengths, display));
      arrays.add(ColumnTypes.isSeveral(type));
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
      FeatureColumn rule,
      DataType type,
      Function<String, Optional<Integer>> lengths,
      String display) {
    if (!rule.isPlain()) {
      ColumnTypes.require(rule, type, display);
      return 1;
    }
    return ColumnTypes.isNumber(type) || type instanceof StringType
        ? 1
        : length(rule.column(), type, lengths, display);
  }

  private static int length(
      String column, DataType type, Function<String, Optional<Integer>> lengths, String display) {
    if (!ColumnTypes.isSeveral(type)) {
      throw ColumnTypes.wrong(
          column,
          type,
          display,
          "numbers, texts, an array of numbers, a vector or bytes; name the column in"
              + " data.columns.exclude");
    }
    return lengths
        .apply(column)
        .orElseThrow(
            () ->
                new UserException(
                    ErrorCode.DATA_UNREADABLE, display + " has no values in column " + column));
  }

  int width() {
    return widths.stream().mapToInt(Integer::intValue).sum();
  }

  /** Returns the function that reads the length of the arrays of a column in any row of a frame. */
  static Function<String, Optional<Integer>> lengthsIn(Dataset<Row> frame) {
    return column ->
        frame
            .where(ColumnNames.named(column).isNotNull())
            .select(length(column, frame.schema().apply(column).dataType()))
            .limit(1)
            .collectAsList()
            .stream()
            .map(row -> row.getInt(0))
            .findFirst();
  }

  /** Returns the length of the array, the vector or the bytes in a row; null if there is none. */
  static Column length(String column, DataType type) {
    Column named = ColumnNames.named(column);
    if (type instanceof BinaryType) {
      return functions.length(named);
    }
    boolean isVector = type.equals(SQLDataTypes.VectorType());
    return functions.when(
        named.isNotNull(),
        functions.size(
            isVector ? org.apache.spark.ml.functions.vector_to_array(named, "float64") : named));
  }
}
