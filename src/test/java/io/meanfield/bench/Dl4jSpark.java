package io.meanfield.bench;

import org.apache.spark.api.java.JavaRDD;
import org.deeplearning4j.spark.api.TrainingMaster;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.nd4j.linalg.dataset.DataSet;

/** The loop of a DL4J Spark user, under one training master or another. */
final class Dl4jSpark implements Contender {
  private final String name;
  private final Workload workload;
  private final TrainingMaster<?, ?> master;
  private final JavaRDD<DataSet> data;
  private final SparkDl4jMultiLayer network;

  Dl4jSpark(String name, Workload workload, long seed, TrainingMaster<?, ?> master) {
    this.name = name;
    this.workload = workload;
    this.master = master;
    this.data = workload.dataSets();
    this.network = new SparkDl4jMultiLayer(workload.spark(), Workload.network(seed), master);
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
