package io.meanfield.dl4jspark;

import org.apache.spark.api.java.JavaRDD;
import org.deeplearning4j.spark.api.TrainingMaster;
import org.deeplearning4j.spark.api.TrainingResult;
import org.deeplearning4j.spark.api.TrainingWorker;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** A training master of DL4J that trains networks of type MultiLayerNetwork, and no graphs. */
abstract sealed class NetworkMaster
    implements TrainingMaster<TrainingResult, TrainingWorker<TrainingResult>>
    permits AveragingTrainingMaster {
  @Override
  public void executeTraining(SparkComputationGraph graph, JavaRDD<DataSet> data) {
    throw Unsupported.graph();
  }

  @Override
  public void executeTrainingMDS(SparkComputationGraph graph, JavaRDD<MultiDataSet> data) {
    throw Unsupported.graph();
  }

  @Override
  public TrainingWorker<TrainingResult> getWorkerInstance(SparkDl4jMultiLayer network) {
    throw Unsupported.worker();
  }

  @Override
  public TrainingWorker<TrainingResult> getWorkerInstance(SparkComputationGraph graph) {
    throw Unsupported.graph();
  }
}
