package io.meanfield.ml;

import java.util.List;
import org.apache.spark.ml.param.IntParam;
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

  /** The value of a size that follows from the number of training rows. */
  int AUTOMATIC = 0;

  /** Adds the params of an instance to its set. */
  static void define(ParamSet params, PreprocessingParams<?> owner) {
    params.add(
        owner,
        new StringArrayParam(
            (Params) owner,
            "excludeCols",
            "names of columns that are no features although featuresCols is \"*\""),
        new String[0]);
    params.add(
        owner,
        new StringArrayParam(
            (Params) owner,
            "categoricalCols",
            "columns of featuresCols that are categories although they are no strings"),
        new String[0]);
    params.add(
        owner,
        new StringArrayParam(
            (Params) owner,
            "textCols",
            "columns of featuresCols whose texts are split into words, beside those with free"
                + " texts that featuresCols = \"*\" finds: data.columns.text"),
        new String[0]);
    params.add(
        owner,
        choice(
            owner,
            "scale",
            "scale of numbers in featuresCols, data.columns.scale: standard, min-max, robust or"
                + " none",
            List.of("standard", "min-max", "robust", "none")),
        "standard");
    params.add(
        owner,
        choice(
            owner,
            "impute",
            "what replaces a missing number or time in featuresCols, data.columns.impute: median,"
                + " mean, or refuse for an error",
            List.of("median", "mean", "refuse")),
        "median");
    params.add(
        owner,
        choice(
            owner,
            "handleInvalid",
            "treatment of a string in featuresCols that is missing or unknown to training,"
                + " data.columns.handle-unknown: keep, one more category for all of them, or"
                + " error",
            List.of(KEEP, "error")),
        KEEP);
    params.add(
        owner,
        new IntParam(
            owner,
            "embedAbove",
            "number of values above which a category of featuresCols is embedded and not one-hot"
                + " encoded: data.columns.embed-above",
            ParamValidators.gtEq(0)),
        32);
    params.add(
        new IntParam(
            owner,
            "embeddingSize",
            "trained numbers for each value of an embedded column; if not set, they follow from"
                + " the number of values: data.columns.embedding-size",
            ParamValidators.gtEq(1)));
  }

  private static Param<String> choice(Params owner, String name, String doc, List<String> choices) {
    return new Param<>(owner, name, doc, ParamValidators.inArray(choices));
  }

  @SuppressWarnings("unchecked")
  private E estimator(Params self) {
    return (E) self;
  }

  /**
   * Sets columns of any type instead of featuresCol; strings are categories. The value "*" selects
   * all columns of the DataFrame except label, id, weight, validation indicator and excludeCols.
   */
  default E setFeaturesCols(String[] value) {
    return estimator(set(featuresCols(), value));
  }

  default StringArrayParam excludeCols() {
    return paramSet().get("excludeCols");
  }

  default String[] getExcludeCols() {
    return getOrDefault(excludeCols());
  }

  /** Sets the columns that are no features although featuresCols is "*". */
  default E setExcludeCols(String[] value) {
    return estimator(set(excludeCols(), value));
  }

  default StringArrayParam categoricalCols() {
    return paramSet().get("categoricalCols");
  }

  default String[] getCategoricalCols() {
    return getOrDefault(categoricalCols());
  }

  /** Sets the columns of featuresCols that are categories although they are no strings. */
  default E setCategoricalCols(String[] value) {
    return estimator(set(categoricalCols(), value));
  }

  default StringArrayParam textCols() {
    return paramSet().get("textCols");
  }

  default String[] getTextCols() {
    return getOrDefault(textCols());
  }

  /**
   * Sets the columns of featuresCols whose texts are split into words. If featuresCols is "*",
   * columns of free text are split without being named.
   */
  default E setTextCols(String[] value) {
    return estimator(set(textCols(), value));
  }

  default Param<String> scale() {
    return paramSet().get("scale");
  }

  default String getScale() {
    return getOrDefault(scale());
  }

  /** Sets the scale of numbers in featuresCols: standard, the default, min-max, robust or none. */
  default E setScale(String value) {
    return estimator(set(scale(), value));
  }

  default Param<String> impute() {
    return paramSet().get("impute");
  }

  default String getImpute() {
    return getOrDefault(impute());
  }

  /**
   * Sets what replaces a missing number or time in featuresCols: median, the default, mean, or
   * refuse for an error.
   */
  default E setImpute(String value) {
    return estimator(set(impute(), value));
  }

  default Param<String> handleInvalid() {
    return paramSet().get("handleInvalid");
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

  default IntParam embedAbove() {
    return paramSet().get("embedAbove");
  }

  default int getEmbedAbove() {
    return (Integer) getOrDefault(embedAbove());
  }

  /**
   * Sets the number of values above which a category is embedded and not one-hot encoded, 32 by
   * default; {@code Integer.MAX_VALUE} embeds none.
   */
  default E setEmbedAbove(int value) {
    return estimator(set(embedAbove(), value));
  }

  default IntParam embeddingSize() {
    return paramSet().get("embeddingSize");
  }

  default int getEmbeddingSize() {
    return (Integer) getOrDefault(embeddingSize());
  }

  /**
   * Sets how many trained numbers each value of an embedded column has. If not set, they follow
   * from the number of values.
   */
  default E setEmbeddingSize(int value) {
    return estimator(set(embeddingSize(), value));
  }
}
