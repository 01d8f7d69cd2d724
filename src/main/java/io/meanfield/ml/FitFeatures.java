package io.meanfield.ml;

import io.meanfield.data.frame.ColumnTypes;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of features of a fit.
 *
 * @param names in the order of the network's inputs, but for those that are categorical or texts
 * @param categoricalCols those that the parameter names as categories; their values do not change
 *     that
 * @param textCols those that the parameter names as texts
 * @param preprocessed whether featuresCols names them, so that their values are preprocessed; the
 *     values of featuresCol are inputs as they are
 * @param areAll whether they are all columns without another role
 */
record FitFeatures(
    List<String> names,
    List<String> categoricalCols,
    List<String> textCols,
    boolean preprocessed,
    boolean areAll) {
  /** The value of featuresCols that selects all columns without another role. */
  static final String ALL = "*";

  /**
   * Returns the columns that the params name.
   *
   * @param featuresCol the column of features unless featuresCols is set
   * @param schema of the frame
   * @throws UserException if a param has no effect, or names a column that is no feature
   */
  static FitFeatures of(
      EstimatorParams<?> params, String featuresCol, String labelCol, StructType schema) {
    List<String> several = named(params, labelCol, schema);
    if (several.isEmpty()) {
      requireUnset(params);
      return new FitFeatures(List.of(featuresCol), List.of(), List.of(), false, false);
    }
    requireAmong("categoricalCols", params.getCategoricalCols(), several);
    requireAmong("textCols", params.getTextCols(), several);
    boolean areAll = List.of(params.getFeaturesCols()).equals(List.of(ALL));
    return new FitFeatures(
        several, List.of(params.getCategoricalCols()), List.of(params.getTextCols()), true, areAll);
  }

  private static void requireAmong(String param, String[] named, List<String> features) {
    List<String> others = new ArrayList<>(List.of(named));
    others.removeAll(features);
    if (!others.isEmpty()) {
      throw wrong(
          String.format(
              Locale.ROOT,
              "%s names %s, which featuresCols does not name; name it in featuresCols, too",
              param,
              String.join(", ", others)));
    }
  }

  /**
   * Returns the columns of featuresCols; empty if it is not set.
   *
   * @throws UserException if the weights are no numbers, if excludeCols has no effect, or if "*"
   *     selects no column
   */
  static List<String> named(EstimatorParams<?> params, String labelCol, StructType schema) {
    FeatureSchema.requireColumn(schema, "labelCol", labelCol);
    if (params.isDefined(params.weightCol()) && !params.getWeightCol().isEmpty()) {
      FeatureSchema.requireWeights(schema, params.getWeightCol());
    }
    List<String> given = List.of(params.getFeaturesCols());
    if (given.equals(List.of(ALL))) {
      return all(params, labelCol, schema);
    }
    if (given.contains(ALL)) {
      throw wrong("featuresCols names \"*\" and other columns; name \"*\" alone, or the columns");
    }
    if (!given.isEmpty() && params.getExcludeCols().length > 0) {
      throw wrong(
          "excludeCols is set, but featuresCols names each column; set featuresCols to \"*\", or"
              + " leave excludeCols out");
    }
    return withFields(given, List.of(schema.fieldNames()));
  }

  /**
   * Returns names in which the fields of a struct, which are columns, stand for the struct.
   *
   * @param columns the names that there are
   */
  static List<String> withFields(List<String> named, List<String> columns) {
    return named.stream()
        .flatMap(
            name -> {
              List<String> fields =
                  columns.stream().filter(column -> column.startsWith(name + ".")).toList();
              return columns.contains(name) || fields.isEmpty() ? Stream.of(name) : fields.stream();
            })
        .toList();
  }

  /**
   * Returns the columns of featuresCols without those that "*" selects although they cannot be
   * features.
   */
  static List<String> checked(EstimatorParams<?> params, String labelCol, StructType schema) {
    boolean areAll = List.of(params.getFeaturesCols()).equals(List.of(ALL));
    return named(params, labelCol, schema).stream()
        .filter(name -> !areAll || ColumnTypes.isFeature(schema.apply(name)))
        .toList();
  }

  private static List<String> all(EstimatorParams<?> params, String labelCol, StructType schema) {
    List<String> excluded = List.of(params.getExcludeCols());
    excluded.forEach(name -> FeatureSchema.requireColumn(schema, "excludeCols", name));
    Set<String> others = new HashSet<>(excluded);
    others.add(labelCol);
    Stream.of(
            params.idCol(),
            params.weightCol(),
            params.validationIndicatorCol(),
            params.timeCol(),
            params.groupCol())
        .filter(params::isSet)
        .forEach(param -> others.add(params.getOrDefault(param)));
    List<StructField> fields =
        Arrays.stream(schema.fields()).filter(field -> !others.contains(field.name())).toList();
    if (fields.isEmpty()) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "featuresCols is \"*\", but the DataFrame has no columns besides %s",
          String.join(", ", new TreeSet<>(others)));
    }
    return fields.stream().map(StructField::name).toList();
  }

  private static void requireUnset(PreprocessingParams<?> params) {
    List<String> set =
        Stream.<Param<?>>of(
                params.excludeCols(),
                params.categoricalCols(),
                params.textCols(),
                params.scale(),
                params.impute(),
                params.handleInvalid(),
                params.embedAbove(),
                params.embeddingSize())
            .filter(params::isSet)
            .map(Param::name)
            .toList();
    if (!set.isEmpty()) {
      throw wrong(
          String.format(
              Locale.ROOT,
              "%s is set without featuresCols; the values of featuresCol are inputs as they are, so"
                  + " name the columns in featuresCols, or leave it out",
              String.join(", ", set)));
    }
  }

  private static UserException wrong(String message) {
    return new UserException(ErrorCode.WRONG_SETTINGS, message);
  }

  /** Returns the features as settings of a table, whose reader decides what their values are. */
  Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("data.columns.categorical", categoricalCols);
    settings.put("data.columns.text", textCols);
    if (!areAll) {
      settings.put(
          "data.columns.features",
          names.stream()
              .filter(name -> !categoricalCols.contains(name) && !textCols.contains(name))
              .toList());
    }
    return settings;
  }
}
