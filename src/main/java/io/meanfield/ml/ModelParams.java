package io.meanfield.ml;

import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;

/** The params that estimators and models share, besides those of Spark's own classes. */
public interface ModelParams extends Params {

  /** Adds the params of an instance to its set. */
  static void define(ParamSet params, ModelParams owner) {
    params.add(
        owner,
        new StringArrayParam(
            (Params) owner,
            "featuresCols",
            "columns of features instead of featuresCol: numbers, booleans, dates, timestamps,"
                + " strings, arrays of numbers, vectors, or an image as bytes; \"*\" for all"),
        new String[0]);
    params.add(
        owner,
        new IntParam(
            owner,
            "inferBatchSize",
            "most rows that transform computes together",
            ParamValidators.gtEq(1)),
        4096);
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
}
