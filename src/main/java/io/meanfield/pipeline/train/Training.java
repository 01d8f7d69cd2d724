package io.meanfield.pipeline.train;

import io.meanfield.engine.Engines;
import io.meanfield.evaluate.Predictions;
import io.meanfield.evaluate.metric.OutputSpec;
import io.meanfield.network.Engine;
import io.meanfield.network.Kernels;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Model;
import io.meanfield.network.TargetScale;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.run.JobSettings;
import io.meanfield.pipeline.run.RunManifest;
import io.meanfield.rbm.PretrainSettings;
import io.meanfield.rbm.Pretraining;
import io.meanfield.train.TrainingData;
import io.meanfield.train.history.TrainingListener;
import io.meanfield.train.history.TrainingState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A training that is ready to start: opened examples and the model to start from. {@link TrainJob}
 * and retraining share its phases. Driver only.
 *
 * @param job with the settings that follow from the data
 * @param start the model that training starts from
 * @param pretrain the training of the layers without labels that comes first
 */
public record Training(
    JobContext job,
    TrainingExamples examples,
    Model start,
    PretrainSettings pretrain,
    TrainingListener progressListener) {
  /** The entry of the manifest that counts the examples which are set aside for tests. */
  static final String TEST = "test";

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
    return new Training(derived, examples, model, pretrain, progressListener).checked();
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
        .withKernels(start.kernels())
        .withPrecision(settings.engine().precisionOn(engine.engine()));
  }

  private Training checked() {
    selection().requirePossible(examples.validation());
    job.settings()
        .train()
        .earlyStopping()
        .monitor()
        .requirePossible(outputs(), examples.validation());
    return this;
  }

  /** Returns the choice of the threshold. */
  ThresholdSelection selection() {
    return new ThresholdSelection(job.settings().threshold(), outputs());
  }

  /** Adds to a manifest what determines the model. */
  public RunManifest describe(RunManifest manifest) {
    return manifest
        .entry("seed", job.settings().seed())
        .entry("workers", job.settings().train().workers())
        .data("train", describeExamples())
        .settings(job.settings().config(), start.network());
  }

  private Map<String, Object> describeExamples() {
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("fingerprint", examples.data().fingerprint());
    description.put("examples", examples.data().count());
    description.put("training", examples.split().training());
    description.put("validation", examples.validation());
    if (examples.split().test() > 0) {
      description.put(TEST, examples.split().test());
    }
    examples
        .givenValidation()
        .ifPresent(given -> description.put("chosen_validation_fingerprint", given.fingerprint()));
    examples.weights().trainingSum().ifPresent(sum -> description.put("training_weight", sum));
    TargetScale scale = examples.regression().scale();
    if (!scale.isNone()) {
      description.put(
          "target_scale", Map.of("means", scale.means(), "deviations", scale.deviations()));
    }
    examples
        .balancing()
        .describe()
        .ifPresent(classes -> description.put("training_classes", classes));
    return description;
  }

  /** Returns the meaning of the network's outputs for the examples. */
  public OutputSpec outputs() {
    return Predictions.outputs(start.network(), examples.data());
  }

  /** Returns the training of the layers without labels that comes first. */
  Pretraining pretraining(TrainingData data) {
    return new Pretraining(pretrain, job.settings().train(), job.settings().seed(), data);
  }

  /** Returns the weights from which training with labels starts. */
  LearnerState pretrained(Pretraining pretraining) {
    return pretraining.run(start.network().settings(), start.state());
  }

  /** Returns the model of a state of the training, whose outputs are in the unit of the targets. */
  Model trained(TrainingState state) {
    return start.with(state.learner()).inUnitOfTargets().within(examples.regression().bounds());
  }
}
