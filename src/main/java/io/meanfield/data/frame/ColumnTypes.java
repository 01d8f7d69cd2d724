package io.meanfield.data.frame;

import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.column.TableColumn.Kind;
import io.meanfield.data.column.ValueType;
import io.meanfield.data.encoding.ColumnNames;
import io.meanfield.data.frame.packed.RowPart;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.FractionalType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/** The types of the columns of a frame as types of features. */
public final class ColumnTypes {
  private static final int SECONDS_PER_DAY = 86_400;

  private static final int MOST_DIGITS = 18; // of a whole number of 64 bits

  private ColumnTypes() {}

  /**
   * Returns the type of a feature; {@link ValueType#FLOAT} for arrays and bytes, for texts, and for
   * types that are no features.
   */
  static ValueType of(DataType type) {
    if (type instanceof NumericType) {
      return ValueType.NUMBER;
    }
    if (type instanceof BooleanType) {
      return ValueType.BOOLEAN;
    }
    if (type instanceof DateType) {
      return ValueType.DATE;
    }
    return isTimestamp(type) ? ValueType.TIMESTAMP : ValueType.FLOAT;
  }

  /** Returns what the type of a column tells of its values, whose use is to be decided. */
  static Kind kind(StructField column) {
    DataType type = column.dataType();
    if (SetColumns.isSet(column)) {
      return Kind.TEXTS;
    }
    if (type instanceof StringType || isLongDecimal(type)) {
      return Kind.TEXT;
    }
    if (type instanceof IntegralType || (type instanceof DecimalType d && d.scale() == 0)) {
      return Kind.WHOLE;
    }
    if (type instanceof BinaryType) {
      return Kind.BYTES;
    }
    if (hasNumbers(type)) {
      return Kind.NUMBERS;
    }
    return switch (of(type)) {
      case NUMBER -> Kind.NUMBER;
      case BOOLEAN -> Kind.TRUTH;
      case DATE -> Kind.DATE;
      case TIMESTAMP -> Kind.TIMESTAMP;
      case FLOAT -> Kind.OTHER;
    };
  }

  /** Returns whether a column can be a feature. */
  public static boolean isFeature(StructField column) {
    return kind(column) != Kind.OTHER;
  }

  // Whole numbers that 64 bits may not hold, which are read as their digits.
  private static boolean isLongDecimal(DataType type) {
    return type instanceof DecimalType d && d.scale() == 0 && d.precision() > MOST_DIGITS;
  }

  /** Returns a feature, so that no digit of a whole number is lost. */
  static Column feature(String column, StructField field) {
    return switch (kind(field)) {
      case TEXT -> ColumnNames.string(column);
      case TEXTS -> SetColumns.text(column, field.dataType());
      case WHOLE -> ColumnNames.named(column).cast(DataTypes.LongType);
      default -> selected(column, field);
    };
  }

  /** Returns a column that is looked at; of one that cannot be a feature, only what is missing. */
  static Column looked(String column, StructField field) {
    return kind(field) == Kind.OTHER
        ? functions.when(ColumnNames.named(column).isNotNull(), functions.lit(1.0))
        : feature(column, field);
  }

  private static boolean isTimestamp(DataType type) {
    return type instanceof TimestampType || type instanceof TimestampNTZType;
  }

  /** Throws unless a column can have the values of a feature that an encoder preprocesses. */
  static void require(FeatureColumn rule, DataType type, String display) {
    ValueType found = of(type);
    boolean fits =
        type instanceof StringType
            || (rule.type().isTime()
                ? found.isTime()
                : found == ValueType.NUMBER || found == ValueType.BOOLEAN);
    if (!fits) {
      throw wrong(
          rule.column(), type, display, rule.type().expected() + " as in the training data");
    }
  }

  /**
   * Throws unless a column can have the values of a feature that are inputs as they are.
   *
   * @param width the number of values in a row of the training data
   * @param images whether the values were the pixels of an image
   */
  static void requireInputs(
      String column, int width, boolean images, DataType type, String display) {
    boolean fits =
        images ? type instanceof BinaryType : hasNumbers(type) || (width == 1 && isNumber(type));
    if (!fits) {
      throw wrong(
          column,
          type,
          display,
          String.format(
              Locale.ROOT,
              "%s as in the training data; convert the column, or train a model on such a column",
              inputs(width, images)));
    }
  }

  /** Throws unless a column has a type that some feature may have. */
  static void requireValues(StructField column, String display) {
    if (!isFeature(column)) {
      throw noFeature(column.name(), column.dataType(), display);
    }
  }

  static UserException noFeature(String column, DataType type, String display) {
    return wrong(
        column,
        type,
        display,
        "numbers, texts, an array or a map of numbers or texts, a vector or bytes; name the column"
            + " in data.columns.exclude");
  }

  /** Returns the exception of a column that has another type than the expected one. */
  static UserException wrong(String column, DataType found, String display, String expected) {
    return UserException.of(
        ErrorCode.WRONG_SETTINGS,
        "%s has %s in column %s, expected %s",
        display,
        found.simpleString(),
        column,
        expected);
  }

  private static String inputs(int width, boolean images) {
    if (images) {
      return "the pixels of an image as bytes";
    }
    return width == 1 ? "a number" : "an array of " + width + " numbers or a vector";
  }

  /** Returns whether a row of a column with this type has one number. */
  static boolean isNumber(DataType type) {
    return type instanceof NumericType || type instanceof BooleanType;
  }

  /** Returns whether a row of a column with this type has any number of numbers. */
  static boolean hasNumbers(DataType type) {
    return SetColumns.isVector(type)
        || (type instanceof ArrayType array && isNumber(array.elementType()));
  }

  /** Returns whether a row of a column with this type has an array, a vector or bytes. */
  public static boolean isSeveral(DataType type) {
    return type instanceof BinaryType || hasNumbers(type);
  }

  /** Throws unless a column that contains weights has a type of numbers. */
  static void requireNumber(String column, DataType type, String display) {
    if (!(type instanceof NumericType || type instanceof StringType)) {
      throw wrong(column, type, display, "numbers, because data.columns.weight names the column");
    }
  }

  /**
   * Returns a column with the values of {@link RowPart}: numbers and times as numbers of 64 bits,
   * times in seconds since 1970 in UTC, arrays and vectors as arrays; others, such as floats, as
   * they are.
   */
  static Column selected(String column, StructField field) {
    DataType type = field.dataType();
    Column named = ColumnNames.named(column);
    if (type instanceof DateType) {
      return functions
          .expr("unix_date(" + ColumnNames.quoted(column) + ")")
          .cast(DataTypes.DoubleType)
          .multiply(SECONDS_PER_DAY);
    }
    if ((isNumber(type) && !(type instanceof FloatType)) || type instanceof TimestampType) {
      return named.cast(DataTypes.DoubleType);
    }
    if (SetColumns.isVector(type)) {
      return org.apache.spark.ml.functions.vector_to_array(named, "float64");
    }
    return hasNumbers(type) && !((ArrayType) type).elementType().equals(DataTypes.FloatType)
        ? named.cast(DataTypes.createArrayType(DataTypes.DoubleType))
        : named;
  }

  /**
   * Returns a column as categories or labels: integers as they are, because they take less time. A
   * whole number is written without a fraction, so that the double 3.0 and the integer 3 are the
   * same category or class number; NaN is missing.
   */
  static Column category(String column, DataType type) {
    if (type instanceof IntegralType) {
      return ColumnNames.named(column).cast(DataTypes.LongType);
    }
    return type instanceof FractionalType
        ? functions.regexp_replace(ColumnNames.string(column), "\\.0+$|^NaN$", "")
        : ColumnNames.string(column);
  }

  /** Returns a column of texts, or of sets. */
  static Column text(String column, DataType type) {
    return SetColumns.mayBe(type) ? SetColumns.text(column, type) : category(column, type);
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
    return functions.when(
        named.isNotNull(),
        functions.size(
            SetColumns.isVector(type)
                ? org.apache.spark.ml.functions.vector_to_array(named, "float64")
                : named));
  }
}
