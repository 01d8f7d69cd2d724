package io.meanfield.pipeline.train;

import io.meanfield.data.shard.ShardGroup;
import io.meanfield.engine.Engines;
import io.meanfield.evaluate.Predictions;
import io.meanfield.evaluate.metric.OutputSpec;
import io.meanfield.network.Engine;
import io.meanfield.network.Kernels;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Model;
import io.meanfield.network.TargetScale;
import io.meanfield.pipeline.run.DriverMemory;
import io.meanfield.pipeline.run.ExecutorKernels;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.run.JobSettings;
import io.meanfield.pipeline.run.RunManifest;
import io.meanfield.rbm.PretrainSettings;
import io.meanfield.rbm.Pretraining;
import io.meanfield.train.Trainer;
import io.meanfield.train.TrainingData;
import io.meanfield.train.history.TrainingListener;
import io.meanfield.train.history.TrainingState;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaRDD;

/**
 * A training that is ready to start: opened examples and the model to start from. The phases that
 * the commands {@code train} and {@code retrain} share. Driver only.
 */
public final class Training {
  /**
   * What determines, besides the settings, the model that a training starts from.
   *
   * @param kernels that are pinned already, because everything else may load the libraries
   * @param recordedEngine the engine with which the job's run began, because a continued run keeps
   *     it; empty for a new run, or for none
   * @param initialWeights the weights that training starts from; empty for random ones
   */
  public record Start(
      Kernels kernels, Optional<Engine> recordedEngine, Optional<InitialWeights> initialWeights) {

    /** Returns the start of a job that creates or continues a run. */
    public static Start of(
        JobContext job, Kernels kernels, Optional<InitialWeights> initialWeights) {
      return new Start(
          kernels,
          job.runs().find(job.id()).flatMap(run -> run.manifest().string("engine")).map(Engine::of),
          initialWeights);
    }

    /** Returns the start of a training with random weights that creates no run. */
    static Start withoutRun(Kernels kernels) {
      return new Start(kernels, Optional.empty(), Optional.empty());
    }
  }

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
      JobContext job, TrainingExamples examples, Start start, TrainingListener progressListener) {
    progressListener.planned(
        examples.settings().train().epochs(), new DerivedLines(job.settings(), examples).lines());
    JobContext derived = job.withSettings(examples.settings());
    Model model = model(start, derived.settings(), examples.regression().scale(), progressListener);
    // Weights that have learned already keep what they know.
    PretrainSettings pretrain =
        start.initialWeights().isEmpty() ? job.settings().pretrain() : PretrainSettings.OFF;
    return new Training(derived, progressListener, examples, model, pretrain).checked();
  }

  /**
   * Returns the model, on the engine that the settings choose. Random weights predict scaled
   * targets as they are; those of a finished model are scaled first.
   *
   * @param scale in which the network learns its targets
   * @param listener learns which engine is chosen
   * @throws io.meanfield.error.UserException if the settings or the weights cannot be used
   */
  static Model model(
      Start start, JobSettings settings, TargetScale scale, TrainingListener listener) {
    Engines.Selection engine =
        Engines.choose(settings.engine().engine(), settings.network(), start.recordedEngine());
    listener.engineChosen(engine);
    Model untrained =
        Model.untrained(settings.network(), settings.seed()).withEngine(engine.engine());
    return start
        .initialWeights()
        .map(weights -> weights.startFor(untrained).learning(scale))
        .orElse(untrained.withTargets(scale))
        .withKernels(start.kernels());
  }

  private Training checked() {
    selection().requirePossible(examples.validation());
    settings.train().earlyStopping().monitor().requirePossible(outputs(), examples.validation());
    return this;
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
