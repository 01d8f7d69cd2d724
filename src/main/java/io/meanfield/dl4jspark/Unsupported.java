package io.meanfield.dl4jspark;

import java.util.Locale;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Creates exceptions for the parts of DL4J's TrainingMaster interface that are not supported; each
 * message names the alternative.
 */
final class Unsupported {
  private Unsupported() {}

  static UnsupportedOperationException graph() {
    return new UnsupportedOperationException(
        "AveragingTrainingMaster trains a SparkDl4jMultiLayer only; for a ComputationGraph use"
            + " ParameterAveragingTrainingMaster, or build a graph without branches as a"
            + " MultiLayerNetwork");
  }

  static UnsupportedOperationException multiDataSet() {
    return new UnsupportedOperationException(
        "AveragingTrainingMaster trains on DataSet only; give fitPaths a DataSetLoader instead of a"
            + " MultiDataSetLoader");
  }

  static UnsupportedOperationException router() {
    return new UnsupportedOperationException(
        "AveragingTrainingMaster routes no statistics of workers; use setListeners without a"
            + " StatsStorageRouter, whose listeners are called on the driver after every average");
  }

  static UnsupportedOperationException worker() {
    return new UnsupportedOperationException(
        "AveragingTrainingMaster has no TrainingWorker to hand out; call SparkDl4jMultiLayer.fit");
  }

  /** Throws if the network does not use 32-bit floats and stochastic gradient descent. */
  static void requireTrainable(MultiLayerNetwork network) {
    if (network.params().dataType() != DataType.FLOAT) {
      throw new UnsupportedOperationException(
          String.format(
              Locale.ROOT,
              "AveragingTrainingMaster trains networks of type FLOAT, found %s; build the"
                  + " configuration with dataType(DataType.FLOAT)",
              network.params().dataType()));
    }
    OptimizationAlgorithm algorithm =
        network.getLayerWiseConfigurations().getConf(0).getOptimizationAlgo();
    if (algorithm != OptimizationAlgorithm.STOCHASTIC_GRADIENT_DESCENT) {
      throw new UnsupportedOperationException(
          String.format(
              Locale.ROOT,
              "AveragingTrainingMaster supports only STOCHASTIC_GRADIENT_DESCENT, found %s; remove"
                  + " optimizationAlgo from the configuration",
              algorithm));
    }
  }
}
