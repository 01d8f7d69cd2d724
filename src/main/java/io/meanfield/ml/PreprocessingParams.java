package io.meanfield.ml;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;

/**
 * The params of an estimator that determine what becomes of the columns of featuresCols. Their
 * defaults are the settings of data.columns in conf/defaults.conf.
 *
 * @param <E> the estimator
 */
public interface PreprocessingParams<E> extends ModelParams {
  /** The value of handleInvalid that encodes unknown strings as one more category. */
  String KEEP = "keep";

  /** The param objects of one instance. */
  final class PreprocessingParamSet implements Serializable {
    private static final long serialVersionUID = 1L;

    private final StringArrayParam categoricalCols;
    private final Param<String> scale;
    private final Param<String> impute;
    private final Param<String> handleInvalid;

    PreprocessingParamSet(PreprocessingParams<?> owner) {
      categoricalCols =
          new StringArrayParam(
              (Params) owner,
              "categoricalCols",
              "columns of featuresCols that are categories although they are no strings");
      scale =
          choice(
              owner,
              "scale",
              "scale of numbers in featuresCols, data.columns.scale: standard, min-max, robust or"
                  + " none",
              List.of("standard", "min-max", "robust", "none"));
      impute =
          choice(
              owner,
              "impute",
              "what replaces a missing number or time in featuresCols, data.columns.impute: median,"
                  + " mean, constant, or refuse for an error",
              List.of("median", "mean", "constant", "refuse"));
      handleInvalid =
          choice(
              owner,
              "handleInvalid",
              "treatment of a string in featuresCols that is missing or unknown to training,"
                  + " data.columns.handle-unknown: keep, one more category for all of them, or error",
              List.of(KEEP, "error"));
    }

    private static Param<String> choice(
        Params owner, String name, String doc, List<String> choices) {
      return new Param<>(owner, name, doc, ParamValidators.inArray(choices));
    }

    /** Sets the defaults of the owner. */
    void setDefaults(PreprocessingParams<?> owner) {
      owner.setDefault(categoricalCols, new String[0]);
      owner.setDefault(scale, "standard");
      owner.setDefault(impute, "median");
      owner.setDefault(handleInvalid, KEEP);
    }
  }

  PreprocessingParamSet preprocessingParamSet();

  @SuppressWarnings("unchecked")
  private E estimator(Params self) {
    return (E) self;
  }

  /** Sets columns of any type instead of featuresCol. Strings are categories. */
  default E setFeaturesCols(String[] value) {
    return estimator(set(featuresCols(), value));
  }

  default StringArrayParam categoricalCols() {
    return preprocessingParamSet().categoricalCols;
  }

  default String[] getCategoricalCols() {
    return getOrDefault(categoricalCols());
  }

  /** Sets the columns of featuresCols that are categories although they are no strings. */
  default E setCategoricalCols(String[] value) {
    return estimator(set(categoricalCols(), value));
  }

  default Param<String> scale() {
    return preprocessingParamSet().scale;
  }

  default String getScale() {
    return getOrDefault(scale());
  }

  /** Sets the scale of numbers in featuresCols: standard, the default, min-max, robust or none. */
  default E setScale(String value) {
    return estimator(set(scale(), value));
  }

  default Param<String> impute() {
    return preprocessingParamSet().impute;
  }

  default String getImpute() {
    return getOrDefault(impute());
  }

  /**
   * Sets what replaces a missing number or time in featuresCols: median, the default, mean,
   * constant, or refuse for an error.
   */
  default E setImpute(String value) {
    return estimator(set(impute(), value));
  }

  default Param<String> handleInvalid() {
    return preprocessingParamSet().handleInvalid;
  }

  default String getHandleInvalid() {
    return getOrDefault(handleInvalid());
  }

  /**
   * Sets the treatment of a string in featuresCols that is missing or did not occur in training:
   * keep, the default, for one more category, or error.
   */
  default E setHandleInvalid(String value) {
    return estimator(set(handleInvalid(), value));
  }
}
