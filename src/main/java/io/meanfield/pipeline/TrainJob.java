package io.meanfield.pipeline;

import io.meanfield.data.EncodingsFile;
import io.meanfield.engine.Engines;
import io.meanfield.engine.dl4j.ModelFile;
import io.meanfield.error.UserException;
import io.meanfield.network.Engine;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.Kernels;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Model;
import io.meanfield.store.HadoopPaths;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunResult;
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
import java.util.Locale;
import java.util.Optional;

/**
 * The command {@code train}: trains a model on {@code data.train} and writes model and history to a
 * run.
 */
public final class TrainJob {
  private final JobContext job;
  private final JobSettings settings;
  private final Options options;
  private final TrainingListener progressListener;

  /**
   * The options of a training besides its settings.
   *
   * @param extend whether a finished run may be trained for more epochs
   * @param from the run id, the path of a model file or an .npz file, or the version of a
   *     registered model, whose weights training starts from; empty for random weights
   */
  public record Options(boolean extend, Optional<String> from) {
    /** Options of a new or continued run that starts from random weights. */
    public static final Options NONE = new Options(false, Optional.empty());
  }

  /** Creates a job; the listener receives its progress. */
  public TrainJob(JobContext job, Options options, TrainingListener progressListener) {
    this.job = job;
    this.settings = job.settings();
    this.options = options;
    this.progressListener = progressListener;
  }

  /**
   * Runs the job.
   *
   * @throws UserException if the settings, the data, the initial weights or the run's directory
   *     cannot be used, if another process works on the run, or if training diverged or was
   *     interrupted
   */
  public Outcome run() {
    long beganNanos = System.nanoTime();
    job.requireWritableRuns();
    Kernels kernels = RunKernels.pin(job); // first, because everything else may load the libraries
    job.requireSuitableCluster("data.train", settings.data().train());
    Optional<InitialWeights> initialWeights =
        options.from().map(name -> InitialWeights.resolve(job.catalog(), name));
    TrainingExamples examples =
        TrainingExamples.open(job, initialWeights.flatMap(InitialWeights::encoder));
    examples.requireMemory(job.sparkContext());
    Model start =
        initialModel(initialWeights, examples.settings())
            .withKernels(kernels)
            .withDevice(settings.engine().device());
    Manifest manifest = manifest(examples, start.network(), initialWeights);
    RunDirectory run = job.runs().claim(job.id(), manifest);
    return RunSupervisor.run(
        run,
        manifest,
        options.extend(),
        job.interruption(),
        held -> train(held, start, examples, beganNanos));
  }

  private Model initialModel(
      Optional<InitialWeights> initialWeights, JobSettings completeSettings) {
    Engines.Selection engine = engine(completeSettings);
    progressListener.engineChosen(engine);
    Model untrained =
        Model.untrained(completeSettings.network(), completeSettings.seed())
            .withEngine(engine.engine());
    return initialWeights.map(weights -> weights.startFor(untrained)).orElse(untrained);
  }

  // A continued run keeps its engine.
  private Engines.Selection engine(JobSettings completeSettings) {
    Optional<Engine> recorded =
        job.runs().find(job.id()).flatMap(run -> run.manifest().string("engine")).map(Engine::of);
    return Engines.choose(completeSettings.engine().choice(), completeSettings.network(), recorded);
  }

  private Manifest manifest(
      TrainingExamples examples, EngineNetwork network, Optional<InitialWeights> initialWeights) {
    RunManifest manifest =
        RunManifest.of("train", job)
            .entry("seed", settings.seed())
            .entry("workers", settings.train().workers())
            .data("train", examples.describe())
            .settings(examples.settings().config(), network);
    initialWeights.ifPresent(weights -> manifest.entry("from", weights.name()));
    return manifest.build();
  }

  private Outcome train(RunDirectory run, Model start, TrainingExamples examples, long beganNanos) {
    TrainingData data = load(run, start.network(), examples);
    Duration loading = since(beganNanos);
    EarlyStopping earlyStopping = settings.train().earlyStopping();
    History history = new History(start.network().engine(), earlyStopping);
    Model trained = start.with(fit(run, start, data, history));
    long trainedNanos = System.nanoTime();
    write(run, trained, examples, history);
    return Outcome.done(
            TrainSummary.of(history, earlyStopping),
            details(run, trained, history.time(), loading, since(trainedNanos)))
        .withNotes(new TrainingDiagnostics(history).note(earlyStopping.isOn()).stream().toList())
        .withResult(
            new RunResult(
                TrainSummary.metrics(history, earlyStopping),
                Optional.of(trained.state().weightsSha256())));
  }

  private TrainingData load(RunDirectory run, EngineNetwork network, TrainingExamples examples) {
    TrainingData data = examples.shards(settings.train().workersPerTask());
    ExecutorReport.record(run, network, data.training());
    data.validation().count(); // fills the validation shards while the examples are cached
    examples.release();
    return data;
  }

  private LearnerState fit(RunDirectory run, Model start, TrainingData data, History history) {
    EarlyStopping earlyStopping = settings.train().earlyStopping();
    EarlyStoppingListener earlyStoppingListener = new EarlyStoppingListener(earlyStopping);
    Checkpoints checkpoints = new Checkpoints(run, settings.run().keepCheckpoints(), earlyStopping);
    TrainingState resumed =
        checkpoints.resume().orElseGet(() -> TrainingState.initial(start.state()));
    List.of(history, earlyStoppingListener, progressListener)
        .forEach(listener -> checkpoints.replay(listener, resumed));
    Trainer trainer =
        new Trainer(
            settings.train(),
            settings.seed(),
            settings.network()::learningRate,
            List.of(history, earlyStoppingListener, checkpoints, progressListener));
    TrainingState last = trainer.train(start.network(), resumed, data);
    return (earlyStopping.isOn() ? checkpoints.best() : last).learner();
  }

  private void write(RunDirectory run, Model trained, TrainingExamples examples, History history) {
    examples.data().encoder().ifPresent(encoder -> EncodingsFile.write(run, encoder));
    run.writeModel(out -> ModelFile.write(trained, out));
    history.write(job.spark(), run);
  }

  private static List<String> details(
      RunDirectory run, Model trained, TimeBreakdown time, Duration loading, Duration writing) {
    return List.of(
        "model    " + HadoopPaths.display(run.model()),
        "weights  "
            + trained.state().weights().length
            + ", sha256 "
            + trained.state().weightsSha256(),
        timeLine(time, loading, writing));
  }

  private static String timeLine(TimeBreakdown time, Duration loading, Duration writing) {
    return String.format(
        Locale.ROOT,
        "time     loading %.1f s, computing %.1f s, synchronising %.1f s, validating %.1f s, writing %.1f s",
        seconds(loading),
        seconds(time.computing()),
        seconds(time.synchronising()),
        seconds(time.validating()),
        seconds(writing));
  }

  private static Duration since(long beganNanos) {
    return Duration.ofNanos(System.nanoTime() - beganNanos);
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
