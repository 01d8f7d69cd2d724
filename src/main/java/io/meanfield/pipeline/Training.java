package io.meanfield.pipeline;

import io.meanfield.data.EncodingsFile;
import io.meanfield.data.UnscaledColumns;
import io.meanfield.data.shard.ShardGroup;
import io.meanfield.engine.Engines;
import io.meanfield.engine.dl4j.ModelFile;
import io.meanfield.evaluate.EvaluationTables;
import io.meanfield.evaluate.Predictions;
import io.meanfield.evaluate.metric.OutputSpec;
import io.meanfield.network.Engine;
import io.meanfield.network.Kernels;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Model;
import io.meanfield.network.ParameterLayout;
import io.meanfield.store.HadoopPaths;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunDirectory;
import io.meanfield.tracking.spark.SparkJobs;
import io.meanfield.train.BestEpoch;
import io.meanfield.train.EarlyStopping;
import io.meanfield.train.EarlyStoppingListener;
import io.meanfield.train.History;
import io.meanfield.train.TimeBreakdown;
import io.meanfield.train.Trainer;
import io.meanfield.train.TrainingData;
import io.meanfield.train.TrainingListener;
import io.meanfield.train.TrainingState;
import io.meanfield.train.checkpoint.Checkpoints;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;

/**
 * A training that is ready to start: opened examples and the model to start from. The phases that
 * the commands {@code train} and {@code retrain} share. Driver only.
 */
final class Training {
  private static final String SHARDING = "building shards"; // in Spark's UI

  // How long an interruption lets the files of an epoch become complete.
  private static final Duration LAST_CHECKPOINT = Duration.ofSeconds(20);

  /**
   * A trained model, and the times around its training.
   *
   * @param loading until training began
   * @param waited for how long training waited for checkpoints
   * @param writing model and tables
   * @param inspecting for the page of the run
   */
  private record Fitted(
      TrainingResult result,
      Duration loading,
      Duration waited,
      Duration writing,
      Duration inspecting) {}

  private final JobContext job;
  private final JobSettings settings;
  private final TrainingListener progressListener;
  private final TrainingExamples examples;
  private final Model start;

  private Training(
      JobContext job, TrainingListener progressListener, TrainingExamples examples, Model start) {
    this.job = job;
    this.settings = job.settings();
    this.progressListener = progressListener;
    this.examples = examples;
    this.start = start;
  }

  /**
   * Chooses the engine.
   *
   * @param examples the data, opened
   * @param kernels that are pinned already, because everything else may load the libraries
   * @param initialWeights the weights that training starts from; empty for random ones
   * @param progressListener receives the progress
   * @throws io.meanfield.error.UserException if the settings or the weights cannot be used
   */
  static Training prepare(
      JobContext job,
      TrainingExamples examples,
      Kernels kernels,
      Optional<InitialWeights> initialWeights,
      TrainingListener progressListener) {
    return new Training(
            job,
            progressListener,
            examples,
            start(job, examples, kernels, recordedEngine(job), initialWeights, progressListener))
        .checked();
  }

  /**
   * Chooses the engine for examples of a program.
   *
   * @param kernels that are pinned already
   * @param recorded the engine of the run; empty for a new run, or for none
   */
  static Training prepare(
      JobContext job, Kernels kernels, Optional<Engine> recorded, TrainingExamples examples) {
    TrainingListener none = new TrainingListener() {};
    return new Training(
            job, none, examples, start(job, examples, kernels, recorded, Optional.empty(), none))
        .checked();
  }

  private Training checked() {
    selection().requirePossible(examples.validation());
    MonitorCheck.require(
        settings.train().earlyStopping().monitor(), outputs(), examples.validation());
    return this;
  }

  private ThresholdSelection selection() {
    return new ThresholdSelection(settings.threshold(), outputs());
  }

  private static Model start(
      JobContext job,
      TrainingExamples examples,
      Kernels kernels,
      Optional<Engine> recorded,
      Optional<InitialWeights> initialWeights,
      TrainingListener progressListener) {
    JobSettings settings = examples.settings();
    Engines.Selection engine =
        Engines.choose(settings.engine().choice(), settings.network(), recorded);
    progressListener.engineChosen(engine);
    Model untrained =
        Model.untrained(examples.settings().network(), job.settings().seed())
            .withEngine(engine.engine());
    Model start = initialWeights.map(weights -> weights.startFor(untrained)).orElse(untrained);
    return start.withKernels(kernels).withDevice(job.settings().engine().device());
  }

  /** Returns the engine with which the job's run began, because a continued run keeps it. */
  static Optional<Engine> recordedEngine(JobContext job) {
    return job.runs()
        .find(job.id())
        .flatMap(run -> run.manifest().string("engine"))
        .map(Engine::of);
  }

  TrainingExamples examples() {
    return examples;
  }

  /** Returns the model that training starts from. */
  Model start() {
    return start;
  }

  /**
   * Throws if the training cannot fit into the memory of the driver or of an executor, unless the
   * job's run is finished.
   *
   * @param wanted the manifest of the job
   * @param extend whether a finished run may be trained for more epochs
   * @throws io.meanfield.error.UserException with what it needs and what there is
   */
  void requireMemory(Manifest wanted, boolean extend) {
    boolean isFinished =
        job.runs()
            .find(job.id())
            .filter(run -> RunSupervisor.isFinished(run, wanted, extend))
            .isPresent();
    if (!isFinished) {
      requireMemory();
    }
  }

  /**
   * Throws if the training cannot fit into the memory of the driver or of an executor.
   *
   * @throws io.meanfield.error.UserException with what it needs and what there is
   */
  void requireMemory() {
    examples.requireMemory(job.sparkContext());
  }

  /** Adds to a manifest what determines the model. */
  RunManifest describe(RunManifest manifest) {
    return manifest
        .entry("seed", settings.seed())
        .entry("workers", settings.train().workers())
        .data("train", examples.describe())
        .settings(examples.settings().config(), start.network());
  }

  /** Returns the meaning of the network's outputs for the examples. */
  OutputSpec outputs() {
    return Predictions.outputs(start.network(), examples.data());
  }

  /** Trains from the newest checkpoint on, and writes model and history into the run. */
  Outcome run(RunDirectory run) {
    Optional<String> unscaled = UnscaledColumns.note(examples.data()); // while they are cached
    TrainingData data =
        job.named(
            SHARDING, () -> load(shards -> ExecutorReport.record(run, start.network(), shards)));
    EarlyStopping earlyStopping = settings.train().earlyStopping();
    History history = new History(start.network().engine(), earlyStopping);
    Fitted fitted = fitAndRelease(run, data, history);
    TrainingResult trained = fitted.result();
    TimeLine time = time(fitted, history);
    job.measurements().time(time.parts(System.nanoTime()));
    Optional<String> diagnosis = new TrainingDiagnostics(history).note(earlyStopping.isOn());
    return Outcome.done(TrainSummary.of(history, earlyStopping), details(run, trained))
        .withNotes(
            Stream.of(
                    trained.notes(diagnosis, examples.balancing()).stream(),
                    unscaled.stream(),
                    SkippedRowsTable.note(examples.data()).stream())
                .flatMap(notes -> notes)
                .toList())
        .withResult(trained.result(TrainSummary.metrics(history, earlyStopping)))
        .withTime(Optional.of(time));
  }

  private TimeLine time(Fitted fitted, History history) {
    return new TimeLine(
        job.beganNanos(),
        Duration.ofNanos(examples.beganNanos() - job.beganNanos()),
        fitted.loading(),
        history.time(),
        fitted.waited(),
        fitted.writing(),
        fitted.inspecting());
  }

  /** Trains from the start without a run, and writes no file. */
  Model runWithoutFiles() {
    TrainingData data =
        job.named(SHARDING, () -> load(shards -> ExecutorReport.pin(start.network(), shards)));
    try {
      BestEpoch best = new BestEpoch(settings.train().earlyStopping());
      EarlyStoppingListener earlyStoppingListener =
          new EarlyStoppingListener(settings.train().earlyStopping());
      TrainingState last =
          trainer(best, earlyStoppingListener, progressListener)
              .train(start.network(), TrainingState.initial(start.state()), data);
      Model trained = trained(best.state().orElse(last));
      return selection().select(trained, data.validation()).model();
    } finally {
      data.release();
    }
  }

  /** Puts the examples into shards; {@code pinKernels} runs on the executors of the shards. */
  private TrainingData load(Consumer<JavaRDD<ShardGroup>> pinKernels) {
    TrainingData data = examples.shards(PlacementChoice.of(job.sparkContext(), examples));
    try {
      pinKernels.accept(data.training());
      data.validation().count(); // fills the validation shards while the examples are cached
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

  private Fitted fitAndRelease(RunDirectory run, TrainingData data, History history) {
    EarlyStopping earlyStopping = settings.train().earlyStopping();
    try (Checkpoints checkpoints =
        new Checkpoints(run, settings.run().keepCheckpoints(), earlyStopping)) {
      job.interruption().finishFirst(() -> checkpoints.finish(LAST_CHECKPOINT));
      TrainingState resumed =
          checkpoints.resume().orElseGet(() -> TrainingState.initial(start.state()));
      Duration loading = since(examples.beganNanos());
      TrainingState last = fit(checkpoints, resumed, data, history);
      checkpoints.awaitWrites();
      long fittedNanos = System.nanoTime();
      Model trained = trained(earlyStopping.isOn() ? checkpoints.best() : last);
      TrainingResult result =
          job.named("validation of the model", () -> TrainingResult.of(trained, selection(), data));
      history.timeSpent(TimeBreakdown.validating(since(fittedNanos)));
      long validatedNanos = System.nanoTime();
      write(run, result, history);
      Duration writing = since(validatedNanos);
      long writtenNanos = System.nanoTime();
      inspect(run, result, data);
      return new Fitted(result, loading, checkpoints.waited(), writing, since(writtenNanos));
    } finally {
      data.release();
    }
  }

  // After the model is written, because an inspection may need more memory than there is.
  private void inspect(RunDirectory run, TrainingResult trained, TrainingData data) {
    SparkJobs.run(
        job.spark().sparkContext(),
        SparkJobs.INSPECTING,
        () -> new RunInspection(job, run).inspect(trained, data, examples));
  }

  private TrainingState fit(
      Checkpoints checkpoints, TrainingState resumed, TrainingData data, History history) {
    EarlyStopping earlyStopping = settings.train().earlyStopping();
    EarlyStoppingListener earlyStoppingListener = new EarlyStoppingListener(earlyStopping);
    EpochMeasuring measuring = new EpochMeasuring(job.measurements(), earlyStopping.monitor());
    List.of(history, earlyStoppingListener, measuring, progressListener)
        .forEach(listener -> checkpoints.replay(listener, resumed));
    return trainer(history, earlyStoppingListener, checkpoints, measuring, progressListener)
        .train(start.network(), resumed, data);
  }

  private Model trained(TrainingState state) {
    return start.with(
        settings
            .train()
            .averaging()
            .weightAverage()
            .model(state, ParameterLayout.of(start.network().network()).runningLogDeviations()));
  }

  private Trainer trainer(TrainingListener... listeners) {
    return new Trainer(
        settings.train(), settings.seed(), settings.network()::learningRate, List.of(listeners));
  }

  private void write(RunDirectory run, TrainingResult trained, History history) {
    examples.data().encoder().ifPresent(encoder -> EncodingsFile.write(run, encoder));
    run.writeModel(out -> ModelFile.write(trained.model(), out));
    history.write(run);
    trained.validation().ifPresent(found -> EvaluationTables.writeCalibration(run, found));
    SkippedRowsTable.write(run, Map.of("data.train", examples.data()));
  }

  private static List<String> details(RunDirectory run, TrainingResult trained) {
    LearnerState state = trained.model().state();
    return Stream.of(
            Stream.of(
                "model    " + HadoopPaths.display(run.model()),
                "weights  " + state.weights().length + ", sha256 " + state.weightsSha256()),
            trained.line().stream())
        .flatMap(lines -> lines)
        .toList();
  }

  private static Duration since(long beganNanos) {
    return Duration.ofNanos(System.nanoTime() - beganNanos);
  }
}
