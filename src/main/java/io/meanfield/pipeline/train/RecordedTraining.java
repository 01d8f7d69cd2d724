package io.meanfield.pipeline.train;

import io.meanfield.data.Dataset;
import io.meanfield.data.encoding.EncodingsFile;
import io.meanfield.engine.dl4j.ModelFile;
import io.meanfield.engine.dl4j.SavedModel;
import io.meanfield.evaluate.EvaluationTables;
import io.meanfield.evaluate.Predictions;
import io.meanfield.network.LearnerState;
import io.meanfield.pipeline.run.ColumnsTable;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.run.SkippedRowsTable;
import io.meanfield.pipeline.run.TimeLine;
import io.meanfield.sparkui.SparkJobs;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.file.HadoopPaths;
import io.meanfield.train.history.EarlyStopping;
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
  private final Prepared prepared;
  private final JobContext job;
  private final RunDirectory run;
  private final long readingNanos;

  private RecordedTraining(Prepared prepared, RunDirectory run, long readingNanos) {
    this.prepared = prepared;
    this.job = prepared.job();
    this.run = run;
    this.readingNanos = readingNanos;
  }

  /**
   * Trains from the newest checkpoint on, and writes model and history into the run.
   *
   * @param readingNanos when the job began to read its data, on the clock of {@link
   *     System#nanoTime}
   * @throws io.meanfield.error.UserException if the training cannot fit into the memory of the
   *     driver, or has diverged
   */
  public static Outcome run(Prepared prepared, RunDirectory run, long readingNanos) {
    return new RecordedTraining(prepared, run, readingNanos).run();
  }

  private Outcome run() {
    try (EpochsInRun epochs = new EpochsInRun(job, run);
        Trained trained = prepared.train(epochs)) {
      long trainedNanos = System.nanoTime();
      write(trained);
      long writtenNanos = System.nanoTime();
      List<String> compared = inspect(trained);
      TimeLine time =
          new TimeLine(
              job.beganNanos(),
              between(job.beganNanos(), readingNanos),
              between(readingNanos, trained.beganNanos()),
              trained.history().time(),
              epochs.waited(),
              between(trainedNanos, writtenNanos),
              between(writtenNanos, System.nanoTime()));
      job.measurements().time(time.parts(System.nanoTime()));
      return outcome(trained, compared).withTime(Optional.of(time));
    }
  }

  private static Duration between(long beganNanos, long endedNanos) {
    return Duration.ofNanos(endedNanos - beganNanos);
  }

  private Outcome outcome(Trained trained, List<String> compared) {
    EarlyStopping earlyStopping = job.settings().train().earlyStopping();
    return Outcome.done(trained.summary(earlyStopping), details(trained.result(), compared))
        .withNotes(trained.notes())
        .withResult(trained.metrics(earlyStopping));
  }

  private void write(Trained trained) {
    Dataset data = prepared.examples().data();
    trained.encoder().ifPresent(encoder -> EncodingsFile.write(run, encoder));
    SavedModel saved = new SavedModel(trained.model(), trained.encoder(), data.hasImages());
    run.writeModel(out -> ModelFile.write(saved, out));
    trained.history().write(run);
    trained.result().validation().ifPresent(found -> EvaluationTables.writeCalibration(run, found));
    writeOutOfFold(trained);
    SkippedRowsTable.write(run, Map.of("data.train", data));
    ColumnsTable.write(run, data.findings().columns());
  }

  private void writeOutOfFold(Trained trained) {
    if (trained.shards().split().folds() > 1) {
      try (Predictions predictions =
          Predictions.ofShards(
              trained.model(), ThresholdSelection.VALIDATION, trained.shards().validation())) {
        predictions.writeOutOfFold(job.spark(), run);
      }
    }
  }

  // After the model is written, because an inspection may need more memory than there is.
  private List<String> inspect(Trained trained) {
    RunInspection inspection = new RunInspection(job, run);
    SparkJobs.run(
        job.spark().sparkContext(),
        SparkJobs.INSPECTING,
        () -> inspection.inspect(trained, prepared.examples()));
    return inspection.lines();
  }

  private List<String> details(TrainingResult trained, List<String> compared) {
    LearnerState state = trained.model().state();
    return Stream.of(
            Stream.of(
                "model    " + HadoopPaths.display(run.model()),
                "weights  " + state.weights().length + ", sha256 " + state.weightsSha256()),
            trained.line(prepared.examples().data()).stream(),
            trained.validation().stream()
                .flatMap(found -> EvaluationSummary.targets(run, found).stream()),
            compared.stream())
        .flatMap(lines -> lines)
        .toList();
  }
}
