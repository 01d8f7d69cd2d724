package io.meanfield.ml;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The params that estimators and models share, besides those of Spark's own classes. */
public interface ModelParams extends Params {
  /** The name of the param with the column of contributions, as in XGBoost's package for Spark. */
  String CONTRIBUTIONS = "contribPredictionCol";

  /** The name of the param with the column of intervals or sets. */
  String INTERVALS = "intervalCol";

  /** Adds the params of an instance to its set. */
  static void define(ParamSet params, ModelParams owner) {
    params.add(
        owner,
        new StringArrayParam(
            (Params) owner,
            "featuresCols",
            "columns of features instead of featuresCol: numbers, booleans, dates, timestamps,"
                + " strings, arrays or maps of numbers or texts, vectors, or an image as bytes;"
                + " \"*\" for all"),
        new String[0]);
    params.add(
        owner,
        new IntParam(
            owner,
            "inferBatchSize",
            "most rows that transform computes together",
            ParamValidators.gtEq(1)),
        4096);
    params.add(
        owner,
        new Param<>(
            owner,
            CONTRIBUTIONS,
            "column of contributions that transform adds: how much each column of features moves"
                + " the prediction, or the log-odds of a class, and last the base value they are"
                + " added to; empty for none"),
        "");
    params.add(
        owner,
        new Param<>(
            owner,
            INTERVALS,
            "column of intervals around the prediction, or of sets of classes, that transform adds:"
                + " a struct with the fields lower_90 and upper_90, or prediction_set_90, for each"
                + " level of intervals; empty for none"),
        "");
  }

  /** Returns the params of this instance. */
  ParamSet paramSet();

  default StringArrayParam featuresCols() {
    return paramSet().get("featuresCols");
  }

  default String[] getFeaturesCols() {
    return getOrDefault(featuresCols());
  }

  default IntParam inferBatchSize() {
    return paramSet().get("inferBatchSize");
  }

  default int getInferBatchSize() {
    return (Integer) getOrDefault(inferBatchSize());
  }

  default Param<String> contribPredictionCol() {
    return paramSet().get(CONTRIBUTIONS);
  }

  default String getContribPredictionCol() {
    return getOrDefault(contribPredictionCol());
  }

  default Param<String> intervalCol() {
    return paramSet().get(INTERVALS);
  }

  default String getIntervalCol() {
    return getOrDefault(intervalCol());
  }

  /**
   * Returns the schema with the column of intervals, if there is one.
   *
   * @param type of the column
   */
  default StructType withIntervals(StructType schema, StructType type) {
    String column = getIntervalCol();
    if (column.isEmpty()) {
      return schema;
    }
    requireNew(INTERVALS, column, schema);
    return schema.add(column, type, false);
  }

  /** Throws if a frame already has a column that Spark's models add. */
  default void requireNewOutputs(StructType schema) {
    StructType all = schema;
    for (String param : List.of("predictionCol", "probabilityCol", "rawPredictionCol")) {
      String column = hasParam(param) ? (String) getOrDefault(getParam(param)) : "";
      if (!column.isEmpty()) {
        requireNew(param, column, all);
        all = all.add(column, DataTypes.DoubleType);
      }
    }
  }

  private static void requireNew(String param, String column, StructType schema) {
    if (Arrays.asList(schema.fieldNames()).contains(column)) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "%s names the column %s, which is a column of the DataFrame or another output"
              + " already; choose another name, or drop the column",
          param,
          column);
    }
  }

  /**
   * Returns the schema with the column of contributions, if there is one.
   *
   * @param columns the names of the columns that contribute, for the metadata of the column; empty
   *     before a fit
   */
  default StructType withContributions(StructType schema, List<String> columns) {
    String column = getContribPredictionCol();
    if (column.isEmpty()) {
      return schema;
    }
    requireNew(CONTRIBUTIONS, column, schema);
    return schema.add(
        new StructField(
            column,
            DataTypes.createArrayType(DataTypes.DoubleType, false),
            false,
            new MetadataBuilder()
                .putStringArray("columns", columns.toArray(String[]::new))
                .build()));
  }
}
