package io.meanfield.dl4jspark;

import io.meanfield.error.UserException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.datavec.spark.util.BroadcastHadoopConfigHolder;
import org.deeplearning4j.core.loader.DataSetLoader;
import org.deeplearning4j.core.loader.MultiDataSetLoader;
import org.deeplearning4j.core.storage.StatsStorageRouter;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.spark.api.TrainingHook;
import org.deeplearning4j.spark.api.stats.SparkTrainingStats;
import org.deeplearning4j.spark.data.loader.RemoteFileSourceFactory;
import org.deeplearning4j.spark.impl.common.LoadDataSetFunction;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.nd4j.linalg.dataset.DataSet;

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
public final class AveragingTrainingMaster extends NetworkMaster {
  private final MasterSettings settings;
  private final List<TrainingHook> hooks;
  private final RoundStatistics statistics;
  private final ShardCache shards = new ShardCache();
  private List<TrainingListener> listeners = List.of();

  private AveragingTrainingMaster(MasterSettings settings, List<TrainingHook> hooks) {
    this.settings = settings;
    this.hooks = new ArrayList<>(hooks);
    this.statistics = new RoundStatistics(settings.collectTrainingStats());
  }

  /**
   * Returns a training master with the settings that {@link #toJson} wrote, without hooks.
   *
   * @throws IllegalArgumentException if the text is something else
   */
  public static AveragingTrainingMaster fromJson(String json) {
    return new AveragingTrainingMaster(MasterSettings.fromJson(json), List.of());
  }

  /**
   * Returns a training master with the settings that {@link #toYaml} wrote, without hooks.
   *
   * @throws IllegalArgumentException if the text is something else
   */
  public static AveragingTrainingMaster fromYaml(String yaml) {
    return new AveragingTrainingMaster(MasterSettings.fromYaml(yaml), List.of());
  }

  /**
   * Builds a training master; every setter returns the builder. It has all calls of {@code
   * ParameterAveragingTrainingMaster.Builder}; those without effect log a warning.
   */
  public static final class Builder extends SettingsBuilder<Builder> {
    public Builder() {}

    /** Ignores the number of examples in a DataSet: examples are divided into minibatches anew. */
    public Builder(int rddDataSetNumExamples) {}

    /**
     * Sets the number of logical workers, null for the default parallelism of the Spark context,
     * and ignores the number of examples in a DataSet.
     */
    public Builder(Integer numWorkers, int rddDataSetNumExamples) {
      Optional.ofNullable(numWorkers).ifPresent(this::workers);
    }

    public AveragingTrainingMaster build() {
      return new AveragingTrainingMaster(settings(), hooks());
    }

    @Override
    Builder self() {
      return this;
    }
  }

  /**
   * Trains in one pass over {@code data}, whose shards stay cached until another RDD is fitted.
   *
   * @throws UserException if there are no examples or their shapes differ; if training has diverged
   *     and {@link Builder#failOnDivergence} is true
   */
  @Override
  public void executeTraining(SparkDl4jMultiLayer network, JavaRDD<DataSet> data) {
    Unsupported.requireTrainable(network.getNetwork());
    try {
      int workers =
          settings.workers().orElseGet(() -> network.getSparkContext().defaultParallelism());
      ShardedData sharded =
          statistics.timed(RoundStatistics.SHARDING, () -> shards.of(data, workers));
      FitRun fit =
          new FitRun(settings, network.getNetwork(), listeners, List.copyOf(hooks), statistics);
      network.setScore(fit.run(sharded));
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

  /** Returns the settings, without hooks and listeners, for {@link #fromJson}. */
  @Override
  public String toJson() {
    return settings.toJson();
  }

  /** Returns the settings, without hooks and listeners, for {@link #fromYaml}. */
  @Override
  public String toYaml() {
    return settings.toYaml();
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
    statistics.setCollecting(collect);
  }

  @Override
  public boolean getIsCollectTrainingStats() {
    return statistics.isCollecting();
  }

  /** Returns the durations of all fits; null, as DL4J defines it, if they are not collected. */
  @Override
  public SparkTrainingStats getTrainingStats() {
    return statistics.isCollecting() ? statistics : null;
  }

  /** Adds a hook, which is called on the executors before and after each step of a worker. */
  @Override
  public void addHook(TrainingHook hook) {
    hooks.add(hook);
  }

  @Override
  public void removeHook(TrainingHook hook) {
    hooks.remove(hook);
  }

  /**
   * Returns whether another training master has the same settings, as {@link #toJson} gives them.
   */
  @Override
  public boolean equals(Object other) {
    return other instanceof AveragingTrainingMaster master && settings.equals(master.settings);
  }

  @Override
  public int hashCode() {
    return settings.hashCode();
  }
}
