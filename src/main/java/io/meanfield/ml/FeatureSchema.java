package io.meanfield.ml;

import io.meanfield.data.frame.ColumnTypes;
import io.meanfield.data.frame.StructFields;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.settings.NearestName;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Checks the columns of features, and lets Spark's checks, which expect one vector, pass. */
final class FeatureSchema {
  private static final List<Class<? extends DataType>> NUMBERS = List.of(NumericType.class);

  private FeatureSchema() {}

  /**
   * Applies Spark's transformation of a schema to one in which the features are a vector, and
   * returns the columns as they were with those that the transformation has added.
   *
   * @param featuresCols the columns of features; empty if they are in {@code featuresCol}
   * @throws UserException if a column is missing or has a type that is no feature
   */
  static StructType transform(
      StructType schema,
      String featuresCol,
      List<String> featuresCols,
      UnaryOperator<StructType> sparks) {
    List<String> columns = featuresCols.isEmpty() ? List.of(featuresCol) : featuresCols;
    StructType fields = StructFields.of(schema);
    columns.forEach(column -> require(fields, column, featuresCols.isEmpty()));
    StructType added = sparks.apply(withVector(schema, featuresCol));
    StructType restored = schema;
    for (StructField field : added.fields()) {
      boolean isNew =
          !field.name().equals(featuresCol)
              && !Arrays.asList(schema.fieldNames()).contains(field.name());
      restored = isNew ? restored.add(field) : restored;
    }
    return restored;
  }

  private static StructType withVector(StructType schema, String featuresCol) {
    StructType others =
        new StructType(
            Arrays.stream(schema.fields())
                .filter(field -> !field.name().equals(featuresCol))
                .toArray(StructField[]::new));
    return others.add(featuresCol, SQLDataTypes.VectorType());
  }

  /**
   * Throws unless a frame has the column that a param names, once.
   *
   * @throws UserException with the columns that the frame has
   */
  static void requireColumn(StructType schema, String param, String column) {
    List<String> names = List.of(schema.fieldNames());
    int found = Collections.frequency(names, column);
    if (found > 1) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "%s names the column %s, which the DataFrame has %s times; rename all but one"
              + " of them",
          param,
          column,
          found);
    }
    List<String> twins = names.stream().filter(column::equalsIgnoreCase).toList();
    if (found == 1 && twins.size() > 1 && !SQLConf.get().caseSensitiveAnalysis()) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "%s names the column %s, which Spark does not tell from another one (%s); rename it, or"
              + " set spark.sql.caseSensitive = true",
          param,
          column,
          String.join(", ", twins));
    }
    if (found == 0) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "%s names the column %s, which the DataFrame does not have; %s",
          param,
          column,
          NearestName.column(column, names));
    }
  }

  /** Throws unless a frame has the column of weights, once, with numbers. */
  static void requireWeights(StructType schema, String column) {
    requireType(schema, "weightCol", column, NUMBERS, "numbers; cast it");
  }

  /**
   * Throws unless a frame has the column of labels of a regression, once, with numbers or texts,
   * which are read as those of features are.
   */
  static void requireTargets(StructType schema, String column) {
    requireType(
        schema,
        "labelCol",
        column,
        List.of(NumericType.class, StringType.class),
        "numbers, or texts of numbers; cast it, or let a MeanfieldClassifier predict its values as"
            + " classes");
  }

  /** Throws unless a frame has the column of labels of a classifier, once. */
  static void requireClasses(StructType schema, String column) {
    requireType(
        schema,
        "labelCol",
        column,
        List.of(NumericType.class, StringType.class, BooleanType.class),
        "numbers, strings or booleans; cast it");
  }

  private static void requireType(
      StructType schema,
      String param,
      String column,
      List<Class<? extends DataType>> types,
      String expected) {
    requireColumn(schema, param, column);
    DataType found = schema.apply(column).dataType();
    if (types.stream().noneMatch(type -> type.isInstance(found))) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "%s names the column %s of type %s, expected %s",
          param,
          column,
          found.simpleString(),
          expected);
    }
  }

  private static void require(StructType schema, String column, boolean isOnly) {
    String param = isOnly ? "featuresCol" : "featuresCols";
    requireColumn(schema, param, column);
    StructField field = schema.apply(column);
    DataType type = field.dataType();
    if (isOnly ? !ColumnTypes.isSeveral(type) : !ColumnTypes.isFeature(field)) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "%s names the column %s of type %s, expected %s",
          param,
          column,
          type.simpleString(),
          isOnly
              ? "a vector, an array of numbers or an image as bytes; name columns of"
                  + " other types in featuresCols"
              : "numbers, booleans, dates, timestamps, strings, arrays or maps of numbers or"
                  + " texts, vectors or an image as bytes");
    }
  }
}
