package io.meanfield.pipeline.train;

import io.meanfield.data.shard.ShardGroup;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.evaluate.Predictions;
import io.meanfield.evaluate.metric.Metrics;
import io.meanfield.evaluate.metric.OutputSpec;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Model;
import io.meanfield.pipeline.run.DriverMemory;
import io.meanfield.pipeline.run.ExecutorKernels;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.run.JobSettings;
import io.meanfield.pipeline.run.RunManifest;
import io.meanfield.rbm.PretrainSettings;
import io.meanfield.rbm.Pretraining;
import io.meanfield.train.Trainer;
import io.meanfield.train.TrainingData;
import io.meanfield.train.history.Monitor;
import io.meanfield.train.history.TrainingListener;
import io.meanfield.train.history.TrainingState;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaRDD;

/**
 * A training that is ready to start: opened examples and the model to start from. The phases that
 * the commands {@code train} and {@code retrain} share. Driver only.
 */
public final class Training {
  private final JobContext job;
  private final JobSettings settings;
  private final TrainingListener progressListener;
  private final TrainingExamples examples;
  private final Model start;
  private final PretrainSettings pretrain;

  private Training(
      JobContext job,
      TrainingListener progressListener,
      TrainingExamples examples,
      Model start,
      PretrainSettings pretrain) {
    this.job = job;
    this.settings = job.settings();
    this.progressListener = progressListener;
    this.examples = examples;
    this.start = start;
    this.pretrain = pretrain;
  }

  /**
   * Prepares the model that training starts from.
   *
   * @param examples the data, opened
   * @param progressListener receives the progress
   * @throws io.meanfield.error.UserException if the settings or the weights cannot be used
   */
  public static Training prepare(
      JobContext job,
      TrainingExamples examples,
      StartingPoint start,
      TrainingListener progressListener) {
    progressListener.planned(
        examples.settings().train().epochs(), new DerivedLines(job.settings(), examples).lines());
    JobContext derived = job.withSettings(examples.settings());
    Model model = start.model(examples.settings(), examples.regression().scale(), progressListener);
    // Weights that have learned already keep what they know.
    PretrainSettings pretrain =
        start.initialWeights().isEmpty() ? job.settings().pretrain() : PretrainSettings.OFF;
    return new Training(derived, progressListener, examples, model, pretrain).checked();
  }

  private Training checked() {
    selection().requirePossible(examples.validation());
    requireMonitored(settings.train().earlyStopping().monitor(), outputs(), examples.validation());
    return this;
  }

  /**
   * Throws unless the metric can be computed after every epoch.
   *
   * @param validation the number of validation examples
   * @throws UserException that names the metrics of the task, or the reason why it has none
   */
  static void requireMonitored(Monitor monitor, OutputSpec outputs, long validation) {
    if (monitor.isLoss()) {
      return;
    }
    if (!Metrics.names(outputs).contains(monitor.metric())) {
      throw wrong(
          monitor,
          "which this task does not have; choose one of loss, "
              + String.join(", ", Metrics.names(outputs)));
    }
    if (validation == 0) {
      throw wrong(
          monitor,
          "but there are no validation examples; raise data.validation-fraction or monitor the"
              + " loss");
    }
  }

  private static UserException wrong(Monitor monitor, String reason) {
    return new UserException(
        ErrorCode.WRONG_SETTINGS, Monitor.KEY + " is " + monitor.metric() + ", " + reason);
  }

  /** Returns the choice of the threshold. */
  ThresholdSelection selection() {
    return new ThresholdSelection(settings.threshold(), outputs());
  }

  public TrainingExamples examples() {
    return examples;
  }

  /** Returns the context of the job, with the settings that follow from the data. */
  JobContext job() {
    return job;
  }

  /** Returns the listener that receives the progress. */
  TrainingListener progressListener() {
    return progressListener;
  }

  /** Returns the model that training starts from. */
  Model start() {
    return start;
  }

  /** Adds to a manifest what determines the model. */
  public RunManifest describe(RunManifest manifest) {
    return manifest
        .entry("seed", settings.seed())
        .entry("workers", settings.train().workers())
        .data("train", examples.describe())
        .settings(examples.settings().config(), start.network());
  }

  /** Returns the meaning of the network's outputs for the examples. */
  public OutputSpec outputs() {
    return Predictions.outputs(start.network(), examples.data());
  }

  /** Returns the training of the layers without labels that comes first. */
  Pretraining pretraining(TrainingData data) {
    return new Pretraining(pretrain, settings.train(), settings.seed(), data);
  }

  /** Returns the weights from which training with labels starts. */
  LearnerState pretrained(Pretraining pretraining) {
    return pretraining.run(start.network().settings(), start.state());
  }

  /**
   * Puts the examples into shards.
   *
   * @param pinned receives the kernels of the executors of the shards
   * @throws io.meanfield.error.UserException if the training cannot fit into the driver's memory
   */
  TrainingData load(Consumer<List<ExecutorKernels>> pinned) {
    DriverMemory.require(settings, job.sparkContext());
    return job.named("building shards", () -> loadShards(pinned));
  }

  private TrainingData loadShards(Consumer<List<ExecutorKernels>> pinned) {
    TrainingData data = examples.shards(PlacementChoice.of(job.sparkContext(), examples));
    try {
      pinned.accept(ExecutorKernels.pinAndLoad(start.network(), cached(data)));
      if (settings.threshold().objective().isPresent()) {
        ThresholdSelection.requireBothClasses(start.network(), data.validation());
      }
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      data.release();
      throw e;
    }
    examples.release();
    return data;
  }

  // In one job, while the examples are cached, unless the tasks have different resources.
  private static List<JavaRDD<ShardGroup>> cached(TrainingData data) {
    JavaRDD<ShardGroup> training = data.training().map(ShardGroup::cached);
    JavaRDD<ShardGroup> validation = data.validation().map(ShardGroup::cached);
    return Objects.equals(
            data.training().getResourceProfile(), data.validation().getResourceProfile())
        ? List.of(training.union(validation))
        : List.of(training, validation);
  }

  /** Returns the model of a state of the training, whose outputs are in the unit of the targets. */
  Model trained(TrainingState state) {
    return start.with(state.learner()).inUnitOfTargets().within(examples.regression().bounds());
  }

  /** Trains the remaining epochs, and reports to these listeners. */
  TrainingState train(TrainingState from, TrainingData data, TrainingListener... listeners) {
    return new Trainer(
            settings.train(), settings.seed(), settings.network()::learningRate, List.of(listeners))
        .train(start.network(), from, data);
  }
}
