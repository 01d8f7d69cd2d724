package io.meanfield.dl4jspark;

import io.meanfield.error.UserException;
import io.meanfield.network.Kernels;
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
 * Trains a {@code SparkDl4jMultiLayer} with Meanfield's parameter averaging: any MultiLayerNetwork
 * of 32-bit floats, on a {@code JavaRDD<DataSet>} or on files that {@code DataSet.save} wrote.
 *
 * <p>A call of {@code fit} is one pass over the data; the caller writes the loop over epochs. Such
 * a loop reads its RDD once, because the shards of the RDD that was fitted last stay cached, in
 * memory or on disk. Examples are assigned to the logical workers in turn, and each worker divides
 * its examples into minibatches; a worker may have no examples. After every {@code
 * averagingFrequency} minibatches of each worker, the workers' weights and optimizer states are
 * averaged, weighted by example count. The network counts iterations and epochs as plain DL4J would
 * for one worker.
 *
 * <p>Examples in an RDD of DataSets have no ids. Therefore the result is bit-identical in every run
 * only if the RDD is deterministic in its number of partitions and in the order of the examples of
 * each partition. Then one worker gives the bits of {@code MultiLayerNetwork.fit} on the same
 * minibatches in 'c' order, unless the network draws random numbers: the seeds of dropout, for
 * example, are derived from configuration, iteration and worker.
 *
 * <p>A worker sets ND4J to one math thread in its JVM, which in local mode is the JVM of the
 * caller. Driver only, one fit at a time.
 */
public final class AveragingTrainingMaster
    implements TrainingMaster<TrainingResult, TrainingWorker<TrainingResult>> {
  private final TrainSettings settings;
  private final Kernels kernels;
  private final ShardCache shards;
  private List<TrainingListener> listeners = List.of();

  private AveragingTrainingMaster(TrainSettings settings, Kernels kernels) {
    this.settings = settings;
    this.kernels = kernels;
    this.shards = new ShardCache(settings.workers());
  }

  /** Builds a training master; every setter returns the builder. */
  public static final class Builder {
    private int workers = 2;
    private int batchSizePerWorker = 64;
    private int averagingFrequency = 50;
    private OptimizerStatePolicy optimizerState = OptimizerStatePolicy.AVERAGE;
    private Kernels kernels = Kernels.NATIVE;

    /** Sets the number of logical workers, 2 by default; it determines the trained model. */
    public Builder workers(int number) {
      workers = atLeastOne("workers", number);
      return this;
    }

    /** Sets the number of examples in a minibatch of one worker, 64 by default. */
    public Builder batchSizePerWorker(int examples) {
      batchSizePerWorker = atLeastOne("batchSizePerWorker", examples);
      return this;
    }

    /** Sets the number of minibatches of a worker between two averages, 50 by default. */
    public Builder averagingFrequency(int minibatches) {
      averagingFrequency = atLeastOne("averagingFrequency", minibatches);
      return this;
    }

    /** Sets the effect of an average on the optimizers' state, AVERAGE by default. */
    public Builder optimizerState(OptimizerStatePolicy policy) {
      optimizerState = policy;
      return this;
    }

    /**
     * Sets the kernels with which OpenBLAS must compute on every executor, NATIVE by default. A
     * process whose program has used ND4J before has loaded OpenBLAS already; if with other
     * kernels, {@code fit} throws a UserException that names the environment variables to set.
     */
    public Builder kernels(Kernels level) {
      kernels = level;
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
              Augmentation.OFF),
          kernels);
    }

    private static int atLeastOne(String name, int value) {
      if (value < 1) {
        throw new IllegalArgumentException(name + " must be at least 1, found " + value);
      }
      return value;
    }
  }

  /**
   * Trains in one pass over {@code data}, whose shards stay cached until another RDD is fitted.
   *
   * @throws UserException if there are no examples, their shapes differ, or training has diverged
   */
  @Override
  public void executeTraining(SparkDl4jMultiLayer network, JavaRDD<DataSet> data) {
    Unsupported.requireTrainable(network.getNetwork());
    try {
      FitRun fit = new FitRun(settings, kernels, network.getNetwork(), listeners);
      network.setScore(fit.run(shards.of(data)));
    } catch (Exception e) {
      UserException.in(e)
          .ifPresent(
              error -> {
                throw new UserException(error.code(), error.getMessage(), e);
              });
      throw e;
    }
  }

  /**
   * Trains in one pass over the DataSets that {@code loader} reads from {@code paths}; no shards
   * stay cached.
   */
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
      executeTraining(network, paths.map(loadFunction(network.getSparkContext(), loader)));
    } finally {
      shards.release(); // files may change, and no caller can fit this RDD again
    }
  }

  private static LoadDataSetFunction loadFunction(JavaSparkContext spark, DataSetLoader loader) {
    return new LoadDataSetFunction(
        loader, new RemoteFileSourceFactory(BroadcastHadoopConfigHolder.get(spark)));
  }

  /**
   * Sets the listeners, which are called on the driver at the start and end of a pass and after
   * every average.
   */
  @Override
  public void setListeners(Collection<TrainingListener> replacement) {
    listeners = List.copyOf(replacement);
  }

  @Override
  public void setListeners(StatsStorageRouter router, Collection<TrainingListener> replacement) {
    if (router != null) {
      throw Unsupported.router();
    }
    setListeners(replacement);
  }

  @Override
  public String toJson() {
    return String.format(
        Locale.ROOT,
        "{\"workers\":%d,\"batchSizePerWorker\":%d,\"averagingFrequency\":%d,"
            + "\"optimizerState\":\"%s\",\"kernels\":\"%s\"}",
        settings.workers(),
        settings.batchSize(),
        settings.averaging().syncFrequency().cappedAt(Integer.MAX_VALUE),
        settings.averaging().optimizerState().name().toLowerCase(Locale.ROOT),
        kernels.id());
  }

  /** Returns the same as {@link #toJson}, because JSON is valid YAML. */
  @Override
  public String toYaml() {
    return toJson();
  }

  /**
   * Removes the shards of the RDD that was fitted last from the cache. Training leaves no files.
   */
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

  /** Returns null, which means no statistics in DL4J's interface. */
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
