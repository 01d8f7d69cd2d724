package io.meanfield.data.frame;

import io.meanfield.data.encoding.ColumnNames;
import io.meanfield.data.encoding.SetText;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;

/**
 * Columns whose values are sets: arrays of texts, maps, and vectors of which most numbers are 0.
 * Each set is read as one text, whose words are its elements.
 */
public final class SetColumns {
  /** The largest size of vectors whose numbers are always inputs. */
  private static final int MOST_NUMBERS = 4_096;

  private SetColumns() {}

  /** Returns whether the values of a column are sets, unless settings say otherwise. */
  static boolean isSet(StructField column) {
    DataType type = column.dataType();
    return type instanceof ArrayType array
        ? array.elementType() instanceof StringType
        : isMap(type) || isWideVector(column);
  }

  /** Returns whether values of a type can be read as sets. */
  static boolean mayBe(DataType type) {
    return type instanceof ArrayType || isMap(type) || isVector(type);
  }

  static boolean isVector(DataType type) {
    return type.equals(SQLDataTypes.VectorType());
  }

  /** Returns whether a column has vectors that may be sets. */
  static boolean isWideVector(StructField column) {
    // Transformers of Spark ML and its reader of LIBSVM files tell the size of their vectors.
    return isVector(column.dataType())
        && AttributeGroup.fromStructField(column).size() > MOST_NUMBERS;
  }

  private static boolean isMap(DataType type) {
    return type instanceof MapType map
        && isName(map.keyType())
        && (isName(map.valueType()) || ColumnTypes.isNumber(map.valueType()));
  }

  private static boolean isName(DataType type) {
    return type instanceof StringType || type instanceof IntegralType;
  }

  /** Returns the sets of a column as texts; null for an empty one. */
  static Column text(String column, DataType type) {
    Column named = ColumnNames.named(column);
    if (isVector(type)) {
      return converted(named, SetColumns::ofVector);
    }
    return type instanceof MapType map ? map(named, map) : array(named);
  }

  private static Column array(Column column) {
    Column texts = column.cast(DataTypes.createArrayType(DataTypes.StringType));
    String before = String.valueOf(SetText.ELEMENT);
    return functions.when(
        functions.size(texts).gt(0),
        functions.concat(functions.lit(before), functions.concat_ws(before, texts)));
  }

  private static Column map(Column column, MapType type) {
    DataType values =
        ColumnTypes.isNumber(type.valueType()) ? DataTypes.DoubleType : DataTypes.StringType;
    return converted(
        column.cast(DataTypes.createMapType(DataTypes.StringType, values)), SetColumns::ofMap);
  }

  private static <T> Column converted(Column set, UDF1<T, String> text) {
    return functions
        .udf((T value) -> value == null ? null : missing(text.call(value)), DataTypes.StringType)
        .apply(set);
  }

  private static String missing(String text) {
    return text.isEmpty() ? null : text;
  }

  /** Returns a vector as a text of its numbers that are not 0. */
  public static String ofVector(Vector vector) {
    SparseVector sparse = vector.toSparse();
    return SetText.ofVector(sparse.indices(), sparse.values());
  }

  /** Returns a map of Scala as a text of its entries. */
  public static String ofMap(Object map) {
    return SetText.ofMap(RowFactory.create(map).getJavaMap(0));
  }
}
