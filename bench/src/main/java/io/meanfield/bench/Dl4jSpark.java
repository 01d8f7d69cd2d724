package io.meanfield.bench;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.api.TrainingMaster;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.nd4j.linalg.dataset.DataSet;

/** The training loop of a DL4J Spark user, with a given training master. */
final class Dl4jSpark implements TimedTrainer {
  /** The name of a trainer with {@link #fastest}. */
  static final String FASTEST_NAME = "DL4J's master, fastest settings, every 10";

  private final String name;
  private final MnistWorkload workload;
  private final TrainingMaster<?, ?> master;
  private final JavaRDD<DataSet> data;
  private final SparkDl4jMultiLayer network;

  Dl4jSpark(String name, MnistWorkload workload, long seed, TrainingMaster<?, ?> master) {
    this.name = name;
    this.workload = workload;
    this.master = master;
    this.data = workload.dataSets();
    this.network = new SparkDl4jMultiLayer(workload.spark(), MnistWorkload.network(seed), master);
  }

  /** Returns DL4J's own master with its defaults, except workers, minibatches and seed. */
  static ParameterAveragingTrainingMaster.Builder dl4jMaster(long seed) {
    return new ParameterAveragingTrainingMaster.Builder(MnistWorkload.WORKERS, MnistWorkload.BATCH)
        .batchSizePerWorker(MnistWorkload.BATCH)
        .rngSeed(seed);
  }

  /**
   * Returns DL4J's own master with its fastest settings: data as objects in memory, no
   * repartitioning, no prefetching, averaging every 10 minibatches.
   */
  static ParameterAveragingTrainingMaster.Builder fastest(long seed) {
    return dl4jMaster(seed)
        .averagingFrequency(10)
        .rddTrainingApproach(RDDTrainingApproach.Direct)
        .storageLevel(StorageLevel.MEMORY_ONLY())
        .repartionData(Repartition.Never)
        .workerPrefetchNumBatches(0);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void epoch() {
    network.fit(data);
  }

  @Override
  public double accuracy() {
    return workload.accuracy(network.getNetwork());
  }

  @Override
  public void close() {
    master.deleteTempFiles(workload.spark());
    data.unpersist();
  }
}
