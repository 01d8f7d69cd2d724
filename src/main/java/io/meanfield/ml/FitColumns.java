package io.meanfield.ml;

import io.meanfield.data.encoding.DividingColumn;
import io.meanfield.data.encoding.DividingColumn.By;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a DataFrame that a fit reads.
 *
 * @param hasClasses whether the label is a class, not a number
 * @param id empty if rows are identified by their content
 * @param validation the boolean column that marks validation rows; empty for none
 * @param weight the column with the weight of each row; empty for none
 * @param dividing the column by which validation rows are chosen; empty if they are drawn
 */
record FitColumns(
    FitFeatures features,
    String label,
    boolean hasClasses,
    Optional<String> id,
    Optional<String> validation,
    Optional<String> weight,
    Optional<DividingColumn> dividing) {

  /**
   * Returns the columns that the params name.
   *
   * @param featuresCol the column of features unless several are set
   * @throws UserException if a column is missing or cannot have its role
   */
  static FitColumns of(
      EstimatorParams<?> params,
      String featuresCol,
      String labelCol,
      boolean hasClasses,
      StructType schema) {
    Optional<String> validation = set(params, params.validationIndicatorCol());
    Optional<String> id = set(params, params.idCol());
    FitFeatures features = FitFeatures.of(params, featuresCol, labelCol, schema);
    validation.ifPresent(
        name -> {
          FeatureSchema.requireColumn(schema, "validationIndicatorCol", name);
          requireBoolean(schema.apply(name));
        });
    id.ifPresent(name -> FeatureSchema.requireColumn(schema, "idCol", name));
    return new FitColumns(
        features,
        labelCol,
        hasClasses,
        id,
        validation,
        set(params, params.weightCol()),
        dividing(params, validation.isPresent(), schema));
  }

  private static Optional<DividingColumn> dividing(
      EstimatorParams<?> params, boolean areMarked, StructType schema) {
    Optional<String> time = set(params, params.timeCol());
    Optional<String> group = set(params, params.groupCol());
    time.ifPresent(name -> FeatureSchema.requireColumn(schema, "timeCol", name));
    group.ifPresent(name -> FeatureSchema.requireColumn(schema, "groupCol", name));
    if (time.isPresent() && group.isPresent()) {
      throw new UserException(
          ErrorCode.WRONG_SETTINGS,
          "timeCol and groupCol are both set; set timeCol if the model will meet new rows of known"
              + " groups, groupCol if it will meet new groups");
    }
    Optional<DividingColumn> dividing =
        time.map(name -> new DividingColumn(By.TIME, name))
            .or(() -> group.map(name -> new DividingColumn(By.GROUP, name)));
    if (dividing.isPresent() && areMarked) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "%sCol and validationIndicatorCol both choose the validation rows; leave one of them out",
          dividing.get().key());
    }
    return dividing;
  }

  /** Returns the value of a param; empty if it is not set. */
  static Optional<String> set(EstimatorParams<?> params, Param<String> param) {
    return params.isDefined(param)
        ? Optional.of(params.getOrDefault(param)).filter(name -> !name.isEmpty())
        : Optional.empty();
  }

  private static void requireBoolean(StructField mark) {
    if (!mark.dataType().equals(DataTypes.BooleanType)) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "validationIndicatorCol names the column %s of type %s, expected true or false",
          mark.name(),
          mark.dataType().simpleString());
    }
  }

  /** Returns the names of all columns. */
  Set<String> names() {
    Set<String> names = new LinkedHashSet<>(features.names());
    names.add(label);
    validation.ifPresent(names::add);
    weight.ifPresent(names::add);
    id.ifPresent(names::add);
    dividing.map(DividingColumn::name).ifPresent(names::add);
    return names;
  }

  /** Returns the roles as settings. */
  Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>(features.settings());
    id.ifPresent(name -> settings.put("data.columns.id", name));
    weight.ifPresent(name -> settings.put("data.columns.weight", name));
    dividing.ifPresent(column -> settings.put("data.columns." + column.key(), column.name()));
    if (hasClasses) {
      settings.put("data.columns.label", label);
    } else {
      settings.put("data.columns.targets", List.of(label));
    }
    return settings;
  }
}
