package io.meanfield.dl4jspark;

import io.meanfield.error.UserException;
import io.meanfield.train.AveragingSettings;
import io.meanfield.train.EarlyStopping;
import io.meanfield.train.OptimizerStatePolicy;
import io.meanfield.train.TrainSettings;
import io.meanfield.train.augment.Augmentation;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.datavec.spark.util.BroadcastHadoopConfigHolder;
import org.deeplearning4j.core.loader.DataSetLoader;
import org.deeplearning4j.core.loader.MultiDataSetLoader;
import org.deeplearning4j.core.storage.StatsStorageRouter;
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
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * Meanfield's trainer for people who have a {@code SparkDl4jMultiLayer}: any MultiLayerNetwork of
 * 32-bit floats, trained on {@code JavaRDD<DataSet>} or on files of {@code DataSet.save}.
 *
 * <p>A call of {@code fit} is one pass over the data; the loop over epochs is the caller's, and
 * reads its RDD once: the shards of the RDD that was fitted last stay cached, in memory or on disk.
 * Examples are dealt out in turn to logical workers, of which some may get none, and cut into
 * minibatches anew. The workers' weights and optimizer states meet in their mean, weighted by
 * examples, after {@code averagingFrequency} minibatches each. Counters of iterations and epochs
 * are those that plain DL4J would count for a worker.
 *
 * <p>An RDD of DataSets has no ids: the same bits are promised only if the RDD is deterministic, in
 * its number of partitions and in the order of examples within each. One worker then does what
 * {@code MultiLayerNetwork.fit} does on the same minibatches in 'c' order, to the bit, except that
 * dropout and the like have seeds of their own, out of configuration, iteration and worker.
 *
 * <p>ND4J computes with one math thread in every JVM where a worker has run, in local mode in the
 * caller's too. Driver only, one fit at a time.
 */
public final class AveragingTrainingMaster
    implements TrainingMaster<TrainingResult, TrainingWorker<TrainingResult>> {
  private final TrainSettings settings;
  private final ShardCache shards;
  private List<TrainingListener> listeners = List.of();

  private AveragingTrainingMaster(TrainSettings settings) {
    this.settings = settings;
    this.shards = new ShardCache(settings.workers());
  }

  /** How training goes; every call returns the builder itself. */
  public static final class Builder {
    private int workers = 2;
    private int batchSizePerWorker = 64;
    private int averagingFrequency = 50;
    private OptimizerStatePolicy optimizerState = OptimizerStatePolicy.AVERAGE;

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
    public Builder optimizerState(OptimizerStatePolicy policy) {
      optimizerState = policy;
      return this;
    }

    public AveragingTrainingMaster build() {
      return new AveragingTrainingMaster(
          new TrainSettings(
              1,
              0,
              batchSizePerWorker,
              workers,
              1,
              AveragingSettings.plain(averagingFrequency, optimizerState),
              EarlyStopping.OFF,
              Augmentation.OFF));
    }

    private static int atLeastOne(String name, int value) {
      if (value < 1) {
        throw new IllegalArgumentException(name + " must be at least 1, found " + value);
      }
      return value;
    }
  }

  /**
   * One pass over {@code data}, whose shards stay cached until another RDD is fitted.
   *
   * @throws UserException if there are no examples, their shapes differ, or training has diverged
   */
  @Override
  public void executeTraining(SparkDl4jMultiLayer network, JavaRDD<DataSet> data) {
    Unsupported.requireTrainable(network.getNetwork());
    try {
      FitRun fit = new FitRun(settings, network.getNetwork(), listeners);
      network.setScore(fit.run(shards.of(data)));
    } catch (Exception e) {
      UserException.in(e)
          .ifPresent(
              complaint -> {
                throw new UserException(complaint.code(), complaint.getMessage(), e);
              });
      throw e;
    }
  }

  /** One pass over the DataSets that {@code loader} reads from {@code paths}; nothing is kept. */
  @Override
  public void executeTrainingPaths(
      SparkDl4jMultiLayer network,
      SparkComputationGraph graph,
      JavaRDD<String> paths,
      DataSetLoader loader,
      MultiDataSetLoader multiLoader) {
    if (network == null) {
      throw Unsupported.graph();
    }
    if (loader == null) {
      throw Unsupported.multiDataSet();
    }
    try {
      executeTraining(network, paths.map(reading(network.getSparkContext(), loader)));
    } finally {
      shards.release(); // files may change, and nobody can fit this RDD again
    }
  }

  private static LoadDataSetFunction reading(JavaSparkContext spark, DataSetLoader loader) {
    return new LoadDataSetFunction(
        loader, new RemoteFileSourceFactory(BroadcastHadoopConfigHolder.get(spark)));
  }

  /** Listeners for the driver: called at both ends of a pass and after every average. */
  @Override
  public void setListeners(Collection<TrainingListener> wanted) {
    listeners = List.copyOf(wanted);
  }

  @Override
  public void setListeners(StatsStorageRouter router, Collection<TrainingListener> wanted) {
    if (router != null) {
      throw Unsupported.router();
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
        settings.averaging().syncFrequency().cappedAt(Integer.MAX_VALUE),
        settings.averaging().optimizerState().name().toLowerCase(Locale.ROOT));
  }

  /** The same as {@link #toJson}: JSON is YAML. */
  @Override
  public String toYaml() {
    return toJson();
  }

  /** Takes the shards of the RDD that was fitted last out of the cache; no pass leaves files. */
  @Override
  public boolean deleteTempFiles(JavaSparkContext spark) {
    shards.release();
    return true;
  }

  @Override
  public boolean deleteTempFiles(SparkContext spark) {
    return deleteTempFiles(JavaSparkContext.fromSparkContext(spark));
  }

  @Override
  public void setCollectTrainingStats(boolean collect) {
    if (collect) {
      throw Unsupported.statistics();
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

  @Override
  public void addHook(TrainingHook hook) {
    throw Unsupported.hooks();
  }

  @Override
  public void removeHook(TrainingHook hook) {
    throw Unsupported.hooks();
  }
}
