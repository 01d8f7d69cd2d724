package io.meanfield.ml;

import java.io.Serializable;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;

/** The params that estimators and models share, besides those of Spark's own classes. */
public interface ModelParams extends Params {

  /** The param objects of one instance. */
  final class ModelParamSet implements Serializable {
    private static final long serialVersionUID = 1L;

    private final StringArrayParam featuresCols;
    private final IntParam inferBatchSize;

    ModelParamSet(ModelParams owner) {
      featuresCols =
          new StringArrayParam(
              (Params) owner,
              "featuresCols",
              "columns of features instead of featuresCol: numbers, booleans, dates, timestamps,"
                  + " strings, arrays of numbers, vectors, or an image as bytes; \"*\" for all");
      inferBatchSize =
          new IntParam(
              owner,
              "inferBatchSize",
              "most rows that transform computes together",
              ParamValidators.gtEq(1));
    }

    /** Sets the defaults of the owner. */
    void setDefaults(ModelParams owner) {
      owner.setDefault(featuresCols, new String[0]);
      owner.setDefault(inferBatchSize, 4096);
    }
  }

  ModelParamSet modelParamSet();

  default StringArrayParam featuresCols() {
    return modelParamSet().featuresCols;
  }

  default String[] getFeaturesCols() {
    return getOrDefault(featuresCols());
  }

  default IntParam inferBatchSize() {
    return modelParamSet().inferBatchSize;
  }

  default int getInferBatchSize() {
    return (Integer) getOrDefault(inferBatchSize());
  }
}
