package io.meanfield.ml;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of features of a fit.
 *
 * @param names in the order of the network's inputs, but for those that are categorical
 * @param categoricalCols those that are categories although they are no strings
 * @param preprocessed whether featuresCols names them, so that their values are preprocessed; the
 *     values of featuresCol are inputs as they are
 */
record FitFeatures(List<String> names, List<String> categoricalCols, boolean preprocessed) {
  /**
   * Returns the columns that the params name.
   *
   * @throws UserException if a param has no effect, or names a column that is no feature
   */
  static FitFeatures of(PreprocessingParams<?> params, String featuresCol) {
    List<String> several = List.of(params.getFeaturesCols());
    if (several.isEmpty()) {
      requireUnset(params);
      return new FitFeatures(List.of(featuresCol), List.of(), false);
    }
    List<String> others = new ArrayList<>(List.of(params.getCategoricalCols()));
    others.removeAll(several);
    if (!others.isEmpty()) {
      throw new UserException(
          ErrorCode.WRONG_SETTINGS,
          "categoricalCols names "
              + String.join(", ", others)
              + ", which featuresCols does not name; name it in featuresCols, too");
    }
    return new FitFeatures(several, List.of(params.getCategoricalCols()), true);
  }

  private static void requireUnset(PreprocessingParams<?> params) {
    List<String> set =
        Stream.<Param<?>>of(
                params.categoricalCols(), params.scale(), params.impute(), params.handleInvalid())
            .filter(params::isSet)
            .map(Param::name)
            .toList();
    if (!set.isEmpty()) {
      throw new UserException(
          ErrorCode.WRONG_SETTINGS,
          String.join(", ", set)
              + " is set without featuresCols; the values of featuresCol are inputs as they are, so"
              + " name the columns in featuresCols, or leave it out");
    }
  }

  /** Returns the columns of categories. */
  List<String> categorical(StructType schema) {
    return names.stream().filter(name -> isCategorical(schema, name)).toList();
  }

  /** Returns the columns of numbers, truth values, times, arrays, vectors or bytes. */
  List<String> numeric(StructType schema) {
    return names.stream().filter(name -> !isCategorical(schema, name)).toList();
  }

  private boolean isCategorical(StructType schema, String name) {
    return categoricalCols.contains(name) || schema.apply(name).dataType() instanceof StringType;
  }
}
