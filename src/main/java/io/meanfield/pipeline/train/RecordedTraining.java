package io.meanfield.pipeline.train;

import io.meanfield.data.EncodingsFile;
import io.meanfield.data.source.UnscaledColumns;
import io.meanfield.engine.dl4j.ModelFile;
import io.meanfield.evaluate.EvaluationTables;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Model;
import io.meanfield.pipeline.run.ExecutorKernels;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.run.SkippedRowsTable;
import io.meanfield.pipeline.run.TimeLine;
import io.meanfield.rbm.Pretraining;
import io.meanfield.sparkui.SparkJobs;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.file.HadoopPaths;
import io.meanfield.train.Trainer;
import io.meanfield.train.TrainingData;
import io.meanfield.train.checkpoint.Checkpoints;
import io.meanfield.train.history.EarlyStopping;
import io.meanfield.train.history.History;
import io.meanfield.train.history.TimeBreakdown;
import io.meanfield.train.history.TrainingListener;
import io.meanfield.train.history.TrainingState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A training whose checkpoints, model and tables are written into a run. It continues from the
 * newest checkpoint. Driver only.
 */
public final class RecordedTraining {
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

  private final Training training;
  private final TrainingExamples examples;
  private final JobContext job;
  private final RunDirectory run;
  private final EarlyStopping earlyStopping;
  private final History history;

  private RecordedTraining(Training training, RunDirectory run) {
    this.training = training;
    this.examples = training.examples();
    this.job = training.job();
    this.run = run;
    this.earlyStopping = this.job.settings().train().earlyStopping();
    this.history = new History(training.start().network().engine(), earlyStopping);
  }

  /**
   * Trains from the newest checkpoint on, and writes model and history into the run.
   *
   * @throws io.meanfield.error.UserException if the training cannot fit into the memory of the
   *     driver, or has diverged
   */
  public static Outcome run(Training training, RunDirectory run) {
    return new RecordedTraining(training, run).run();
  }

  private Outcome run() {
    List<String> unscaled = UnscaledColumns.notes(examples.data()); // while they are cached
    Fitted fitted =
        fitAndRelease(TrainingShards.load(training, pinned -> ExecutorKernels.record(run, pinned)));
    TrainingResult trained = fitted.result();
    TimeLine time = time(fitted);
    job.measurements().time(time.parts(System.nanoTime()));
    Optional<String> diagnosis = TrainSummary.diagnosis(history, earlyStopping);
    return Outcome.done(TrainSummary.of(history, earlyStopping), details(trained))
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

  private TimeLine time(Fitted fitted) {
    return new TimeLine(
        job.beganNanos(),
        Duration.ofNanos(examples.beganNanos() - job.beganNanos()),
        fitted.loading(),
        history.time(),
        fitted.waited(),
        fitted.writing(),
        fitted.inspecting());
  }

  private Fitted fitAndRelease(TrainingData data) {
    try (Checkpoints checkpoints =
        new Checkpoints(run, job.settings().run().keepCheckpoints(), earlyStopping)) {
      job.interruption().finishFirst(checkpoints::finish);
      TrainingState resumed = checkpoints.resume().orElseGet(() -> initial(data));
      Duration loading = since(examples.beganNanos());
      TrainingState last = fit(checkpoints, resumed, data);
      checkpoints.awaitWrites();
      TrainingResult result = validated(earlyStopping.isOn() ? checkpoints.best() : last, data);
      long validatedNanos = System.nanoTime();
      write(result);
      Duration writing = since(validatedNanos);
      long writtenNanos = System.nanoTime();
      inspect(result, data);
      return new Fitted(result, loading, checkpoints.waited(), writing, since(writtenNanos));
    } finally {
      data.release();
    }
  }

  private TrainingState initial(TrainingData data) {
    Pretraining pretraining = training.pretraining(data);
    LearnerState start = training.pretrained(pretraining);
    pretraining.write(run);
    return TrainingState.initial(start);
  }

  private TrainingState fit(Checkpoints checkpoints, TrainingState resumed, TrainingData data) {
    EpochMeasuring measuring = new EpochMeasuring(job.measurements(), earlyStopping.monitor());
    TrainingListener progress = training.progressListener();
    List.of(history, measuring).forEach(listener -> checkpoints.replay(listener, resumed));
    if (checkpoints.epochs() > 0) {
      progress.resumed(checkpoints.epochs());
    }
    List<TrainingListener> listeners = List.of(history, checkpoints, measuring, progress);
    return new Trainer(job.settings().train(), job.settings().seed(), listeners)
        .train(training.start().network(), resumed, data);
  }

  private TrainingResult validated(TrainingState state, TrainingData data) {
    long began = System.nanoTime();
    Model trained = training.trained(state);
    TrainingResult result =
        job.named(
            "validation of the model",
            () -> TrainingResult.of(trained, training.selection(), data));
    history.timeSpent(TimeBreakdown.validating(since(began)));
    return result;
  }

  private void write(TrainingResult trained) {
    examples.data().encoder().ifPresent(encoder -> EncodingsFile.write(run, encoder));
    run.writeModel(out -> ModelFile.write(trained.model(), out));
    history.write(run);
    trained.validation().ifPresent(found -> EvaluationTables.writeCalibration(run, found));
    SkippedRowsTable.write(run, Map.of("data.train", examples.data()));
  }

  // After the model is written, because an inspection may need more memory than there is.
  private void inspect(TrainingResult trained, TrainingData data) {
    SparkJobs.run(
        job.spark().sparkContext(),
        SparkJobs.INSPECTING,
        () -> new RunInspection(job, run).inspect(trained, data, examples));
  }

  private List<String> details(TrainingResult trained) {
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
