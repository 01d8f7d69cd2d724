package io.meanfield.dl4jspark;

import io.meanfield.settings.Complaint;
import io.meanfield.train.TrainSettings;
import io.meanfield.train.TrainSettings.OptimizerState;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.datavec.spark.util.BroadcastHadoopConfigHolder;
import org.deeplearning4j.core.loader.DataSetLoader;
import org.deeplearning4j.core.loader.MultiDataSetLoader;
import org.deeplearning4j.core.storage.StatsStorageRouter;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.spark.api.TrainingHook;
import org.deeplearning4j.spark.api.TrainingMaster;
import org.deeplearning4j.spark.api.TrainingResult;
import org.deeplearning4j.spark.api.TrainingWorker;
import org.deeplearning4j.spark.api.stats.SparkTrainingStats;
import org.deeplearning4j.spark.data.loader.RemoteFileSourceFactory;
import org.deeplearning4j.spark.impl.common.LoadDataSetFunction;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * Meanfield's trainer for people who have a {@code SparkDl4jMultiLayer}: any MultiLayerNetwork of
 * 32-bit floats, trained on {@code JavaRDD<DataSet>} or on files of {@code DataSet.save}.
 *
 * <p>A call of {@code fit} is one pass over the data; the loop over epochs is the caller's. The
 * examples are dealt out in turn to logical workers, cut into minibatches anew, and the workers'
 * weights and optimizer states meet in their mean, weighted by examples, after {@code
 * averagingFrequency} minibatches each. Afterwards the network has the averaged weights and
 * optimizer state and the counters of iterations and epochs that plain DL4J would count for a
 * worker. The RDD may be cached or not, may have fewer examples than there are workers, and need
 * not be a multiple of the minibatch.
 *
 * <p>An RDD of DataSets has no ids: the same bits are promised only if the RDD is deterministic, in
 * its number of partitions and in the order of examples within each. One worker then does what
 * {@code MultiLayerNetwork.fit} does on the same minibatches in 'c' order, to the bit, except for
 * what is random in a step, such as dropout, whose seed is a function of the configuration's seed,
 * the iteration and the worker.
 *
 * <p>ND4J computes with one math thread in every JVM where a worker has run, in local mode in the
 * caller's too. Driver only.
 */
public final class AveragingTrainingMaster
    implements TrainingMaster<TrainingResult, TrainingWorker<TrainingResult>> {
  private static final String NO_GRAPH =
      "AveragingTrainingMaster trains a SparkDl4jMultiLayer only; for a ComputationGraph use"
          + " ParameterAveragingTrainingMaster, or build a graph without branches as a"
          + " MultiLayerNetwork";
  private static final String NO_MULTI_DATA_SET =
      "AveragingTrainingMaster trains on DataSet only; give fitPaths a DataSetLoader instead of a"
          + " MultiDataSetLoader";
  private static final String NO_HOOKS =
      "AveragingTrainingMaster has no training hooks; use setListeners, whose listeners are called"
          + " on the driver after every average";
  private static final String NO_ROUTER =
      "AveragingTrainingMaster routes no statistics of workers; use setListeners without a"
          + " StatsStorageRouter, whose listeners are called on the driver after every average";
  private static final String NO_STATS =
      "AveragingTrainingMaster collects no training statistics; Spark's own UI and event log show"
          + " every round as a job";
  private static final String NO_WORKER =
      "AveragingTrainingMaster has no TrainingWorker to hand out; call SparkDl4jMultiLayer.fit";

  private final TrainSettings settings;
  private List<TrainingListener> listeners = List.of();

  private AveragingTrainingMaster(TrainSettings settings) {
    this.settings = settings;
  }

  /** How training goes; every call returns the builder itself. */
  public static final class Builder {
    private int workers = 2;
    private int batchSizePerWorker = 64;
    private int averagingFrequency = 50;
    private OptimizerState optimizerState = OptimizerState.AVERAGE;

    /** Logical workers, 2 unless said; part of what the model is, unlike the cluster's cores. */
    public Builder workers(int number) {
      workers = atLeastOne("workers", number);
      return this;
    }

    /** Examples of one minibatch of one worker, 64 unless said. */
    public Builder batchSizePerWorker(int examples) {
      batchSizePerWorker = atLeastOne("batchSizePerWorker", examples);
      return this;
    }

    /** Minibatches of a worker between two averages, 50 unless said: the sync frequency. */
    public Builder averagingFrequency(int minibatches) {
      averagingFrequency = atLeastOne("averagingFrequency", minibatches);
      return this;
    }

    /** What an average does with the optimizers' state; it is averaged unless said. */
    public Builder optimizerState(OptimizerState policy) {
      optimizerState = policy;
      return this;
    }

    public AveragingTrainingMaster build() {
      return new AveragingTrainingMaster(
          new TrainSettings(
              1,
              batchSizePerWorker,
              workers,
              1,
              averagingFrequency,
              averagingFrequency,
              optimizerState));
    }

    private static int atLeastOne(String name, int value) {
      if (value < 1) {
        throw new IllegalArgumentException(name + " must be at least 1, found " + value);
      }
      return value;
    }
  }

  /**
   * One pass over {@code data}.
   *
   * @throws Complaint if there are no examples, their shapes differ, or training has diverged
   */
  @Override
  public void executeTraining(SparkDl4jMultiLayer network, JavaRDD<DataSet> data) {
    requireTrainable(network.getNetwork());
    try {
      network.setScore(new AveragedFit(settings, network.getNetwork(), listeners).run(data));
    } catch (Exception e) {
      Optional<Complaint> complaint = Complaint.in(e);
      if (complaint.isPresent()) {
        throw new Complaint(complaint.get().code(), complaint.get().getMessage(), e);
      }
      throw e;
    }
  }

  /** One pass over the DataSets that {@code loader} reads from {@code paths}. */
  @Override
  public void executeTrainingPaths(
      SparkDl4jMultiLayer network,
      SparkComputationGraph graph,
      JavaRDD<String> paths,
      DataSetLoader loader,
      MultiDataSetLoader multiLoader) {
    if (network == null) {
      throw new UnsupportedOperationException(NO_GRAPH);
    }
    if (loader == null) {
      throw new UnsupportedOperationException(NO_MULTI_DATA_SET);
    }
    executeTraining(
        network,
        paths.map(
            new LoadDataSetFunction(
                loader,
                new RemoteFileSourceFactory(
                    BroadcastHadoopConfigHolder.get(network.getSparkContext())))));
  }

  private static void requireTrainable(MultiLayerNetwork network) {
    if (network.params().dataType() != DataType.FLOAT) {
      throw new UnsupportedOperationException(
          "AveragingTrainingMaster trains networks of type FLOAT, found "
              + network.params().dataType()
              + "; build the configuration with dataType(DataType.FLOAT)");
    }
    OptimizationAlgorithm algorithm =
        network.getLayerWiseConfigurations().getConf(0).getOptimizationAlgo();
    if (algorithm != OptimizationAlgorithm.STOCHASTIC_GRADIENT_DESCENT) {
      throw new UnsupportedOperationException(
          "AveragingTrainingMaster averages STOCHASTIC_GRADIENT_DESCENT, found "
              + algorithm
              + "; remove optimizationAlgo from the configuration");
    }
  }

  /** Listeners for the driver: called at both ends of a pass and after every average. */
  @Override
  public void setListeners(Collection<TrainingListener> wanted) {
    listeners = List.copyOf(wanted);
  }

  @Override
  public void setListeners(StatsStorageRouter router, Collection<TrainingListener> wanted) {
    if (router != null) {
      throw new UnsupportedOperationException(NO_ROUTER);
    }
    setListeners(wanted);
  }

  @Override
  public String toJson() {
    return String.format(
        Locale.ROOT,
        "{\"workers\":%d,\"batchSizePerWorker\":%d,\"averagingFrequency\":%d,"
            + "\"optimizerState\":\"%s\"}",
        settings.workers(),
        settings.batchSize(),
        settings.syncFrequency().within(Integer.MAX_VALUE),
        settings.optimizerState().name().toLowerCase(Locale.ROOT));
  }

  /** The same as {@link #toJson}: JSON is YAML. */
  @Override
  public String toYaml() {
    return toJson();
  }

  /** Nothing to delete: no pass leaves files. */
  @Override
  public boolean deleteTempFiles(JavaSparkContext spark) {
    return true;
  }

  /** Likewise. */
  @Override
  public boolean deleteTempFiles(SparkContext spark) {
    return true;
  }

  @Override
  public void setCollectTrainingStats(boolean collect) {
    if (collect) {
      throw new UnsupportedOperationException(NO_STATS);
    }
  }

  @Override
  public boolean getIsCollectTrainingStats() {
    return false;
  }

  /** Always null, which is the interface's word for no statistics. */
  @Override
  public SparkTrainingStats getTrainingStats() {
    return null;
  }

  @Override
  public void executeTraining(SparkComputationGraph graph, JavaRDD<DataSet> data) {
    throw new UnsupportedOperationException(NO_GRAPH);
  }

  @Override
  public void executeTrainingMDS(SparkComputationGraph graph, JavaRDD<MultiDataSet> data) {
    throw new UnsupportedOperationException(NO_GRAPH);
  }

  @Override
  public TrainingWorker<TrainingResult> getWorkerInstance(SparkDl4jMultiLayer network) {
    throw new UnsupportedOperationException(NO_WORKER);
  }

  @Override
  public TrainingWorker<TrainingResult> getWorkerInstance(SparkComputationGraph graph) {
    throw new UnsupportedOperationException(NO_GRAPH);
  }

  @Override
  public void addHook(TrainingHook hook) {
    throw new UnsupportedOperationException(NO_HOOKS);
  }

  @Override
  public void removeHook(TrainingHook hook) {
    throw new UnsupportedOperationException(NO_HOOKS);
  }
}
