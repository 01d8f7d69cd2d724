package io.meanfield.pipeline.train;

import io.meanfield.data.shard.ShardGroup;
import io.meanfield.data.source.UnscaledColumns;
import io.meanfield.evaluate.Predictions;
import io.meanfield.evaluate.metric.OutputSpec;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Model;
import io.meanfield.pipeline.run.ExecutorKernels;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.run.JobSettings;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.run.RunManifest;
import io.meanfield.rbm.PretrainSettings;
import io.meanfield.rbm.Pretraining;
import io.meanfield.store.RunDirectory;
import io.meanfield.train.Trainer;
import io.meanfield.train.TrainingData;
import io.meanfield.train.history.BestEpoch;
import io.meanfield.train.history.EarlyStopping;
import io.meanfield.train.history.History;
import io.meanfield.train.history.TrainingListener;
import io.meanfield.train.history.TrainingState;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.spark.api.java.JavaRDD;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A training that is ready to start: opened examples and the model to start from. The phases that
 * the commands {@code train} and {@code retrain} share. Driver only.
 */
public final class Training {
  private static final Logger LOG = LoggerFactory.getLogger(Training.class);

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
        examples.settings().epochs(), new DerivedLines(job.settings(), examples).lines());
    JobContext derived = job.withSettings(examples.settings());
    Model model = start.model(examples.settings(), examples.regression().scale(), progressListener);
    // Weights that have learned already keep what they know.
    PretrainSettings pretrain =
        start.initialWeights().isEmpty() ? job.settings().pretrain() : PretrainSettings.OFF;
    return new Training(derived, progressListener, examples, model, pretrain).checked();
  }

  private Training checked() {
    selection().requirePossible(examples.validation());
    MonitorCheck.require(
        settings.train().earlyStopping().monitor(), outputs(), examples.validation());
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

  /**
   * Throws if the training cannot fit into the memory of the driver or of an executor, unless the
   * job's run is finished.
   *
   * @throws io.meanfield.error.UserException with what it needs and what there is
   */
  void requireMemoryUnless(Predicate<RunDirectory> isFinished) {
    if (job.runs().find(job.id()).filter(isFinished).isEmpty()) {
      requireMemory();
    }
  }

  /**
   * Throws if the training cannot fit into the memory of the driver or of an executor.
   *
   * @throws io.meanfield.error.UserException with what it needs and what there is
   */
  public void requireMemory() {
    examples.requireMemory(job.sparkContext());
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

  /** Trains from the newest checkpoint on, and writes model and history into the run. */
  public Outcome run(RunDirectory run) {
    return new RecordedTraining(this, run).run();
  }

  /** Trains from the start without a run, writes no file, and logs what went wrong. */
  Model runWithoutFiles() {
    UnscaledColumns.notes(examples.data()).forEach(LOG::warn); // while they are cached
    TrainingData data = load(shards -> ExecutorKernels.pinAndLoad(start.network(), shards));
    try {
      EarlyStopping earlyStopping = settings.train().earlyStopping();
      BestEpoch best = new BestEpoch(earlyStopping);
      History history = new History(start.network().engine(), earlyStopping);
      TrainingState last =
          trainer(best, history, progressListener)
              .train(start.network(), TrainingState.initial(pretrained(pretraining(data))), data);
      TrainingResult result =
          TrainingResult.of(trained(best.state().orElse(last)), selection(), data);
      result
          .notes(TrainingDiagnostics.of(history, earlyStopping), examples.balancing())
          .forEach(LOG::warn);
      return result.model();
    } finally {
      data.release();
    }
  }

  /** Returns the training of the layers without labels that comes first. */
  Pretraining pretraining(TrainingData data) {
    return new Pretraining(pretrain, settings.train(), settings.seed(), data);
  }

  /** Returns the weights from which training with labels starts. */
  LearnerState pretrained(Pretraining pretraining) {
    return pretraining.run(start.network().settings(), start.state());
  }

  /** Puts the examples into shards; {@code pinKernels} runs on the executors of the shards. */
  TrainingData load(Consumer<JavaRDD<ShardGroup>> pinKernels) {
    return job.named("building shards", () -> loadShards(pinKernels));
  }

  private TrainingData loadShards(Consumer<JavaRDD<ShardGroup>> pinKernels) {
    TrainingData data = examples.shards(PlacementChoice.of(job.sparkContext(), examples));
    try {
      pinKernels.accept(data.training().map(ShardGroup::cached));
      // Fills the validation shards while the examples are cached.
      data.validation().map(ShardGroup::cached).count();
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

  /** Returns the model of a state of the training, whose outputs are in the unit of the targets. */
  Model trained(TrainingState state) {
    return start.with(state.learner()).inUnitOfTargets().within(examples.regression().bounds());
  }

  /** Returns a trainer that reports to these listeners. */
  Trainer trainer(TrainingListener... listeners) {
    return new Trainer(
        settings.train(), settings.seed(), settings.network()::learningRate, List.of(listeners));
  }
}
