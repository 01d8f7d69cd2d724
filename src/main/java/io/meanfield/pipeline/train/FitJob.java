package io.meanfield.pipeline.train;

import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.data.frame.FrameEncoder;
import io.meanfield.data.source.Source;
import io.meanfield.engine.dl4j.ModelFile;
import io.meanfield.engine.dl4j.SavedModel;
import io.meanfield.kernels.Kernels;
import io.meanfield.network.Model;
import io.meanfield.pipeline.housekeeping.RunCommand;
import io.meanfield.pipeline.run.Interruption;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.run.RunIdentity;
import io.meanfield.pipeline.run.RunKernels;
import io.meanfield.pipeline.run.RunManifest;
import io.meanfield.pipeline.run.RunSupervisor;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunId;
import io.meanfield.store.Status;
import io.meanfield.train.checkpoint.RecordedEpoch;
import io.meanfield.train.history.EarlyStopping;
import io.meanfield.train.history.TrainingListener;
import java.time.Instant;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * Trains a model on the examples of a Spark program: without files, or as a run that a later call
 * continues. Driver only.
 */
public final class FitJob {
  private final SparkSession spark;
  private final JobSettings settings;
  private final Data data;
  private final FitCancellation cancellation;
  private final TrainingListener progress;

  /**
   * The examples of a fit.
   *
   * @param validation the validation examples; empty if they are drawn from {@code training}
   */
  public record Data(Source training, Optional<Source> validation) {}

  /** A trained model, the encoder of its rows, and what else is known of its training. */
  public record Fitted(Model model, FrameEncoder encoder, FitRecord record) {}

  /**
   * Creates a job.
   *
   * @param cancellation explains a fit that is cancelled, in the status of its run, too
   */
  public FitJob(
      SparkSession spark,
      JobSettings settings,
      Data data,
      FitCancellation cancellation,
      TrainingListener progress) {
    this.spark = spark;
    this.settings = settings;
    this.data = data;
    this.cancellation = cancellation;
    this.progress = progress;
  }

  /**
   * Trains and writes no file.
   *
   * @throws io.meanfield.error.UserException if the settings or the examples cannot be used, or
   *     training diverged
   */
  public Fitted runWithoutFiles() {
    Kernels kernels = RunKernels.pinInProgram(settings); // first, as in every job
    Instant started = Instant.now();
    JobContext job = context(RunId.fresh(started)); // the id of no run
    try (TrainingExamples examples = open(job)) {
      Prepared prepared = Prepared.of(examples, TrainingStart.withoutRun(kernels), progress);
      EarlyStopping earlyStopping = examples.settings().train().earlyStopping();
      try (Trained trained = prepared.train(new EpochsInMemory(earlyStopping))) {
        trained.notes().forEach(progress::noted);
        Status status =
            Status.running(started)
                .succeeded(
                    Instant.now(),
                    0,
                    trained.summary(earlyStopping),
                    trained.metrics(earlyStopping));
        Manifest manifest =
            prepared.describeWithoutFingerprint(RunManifest.of(RunCommand.FIT, job)).build();
        return new Fitted(
            trained.model(),
            encoder(examples, trained.encoder()),
            FitRecord.of(manifest, status, trained.history().epochs(), examples));
      }
    }
  }

  /**
   * Trains in the directory of a run. Continues the run if it was killed, and returns its model if
   * it is finished.
   *
   * @throws io.meanfield.error.UserException also if the run belongs to another fit or another
   *     process
   */
  public Fitted run(RunId id) {
    JobContext job = context(id);
    job.requireWritableRuns();
    Kernels kernels = RunKernels.pinInProgram(job);
    long readingNanos = System.nanoTime();
    try (TrainingExamples examples = open(job)) {
      Prepared prepared =
          Prepared.of(examples, TrainingStart.of(job, kernels, Optional.empty()), progress);
      boolean isFinished = job.runs().find(id).flatMap(RunDirectory::success).isPresent();
      Outcome outcome =
          RunSupervisor.run(
              job,
              prepared.describe(RunManifest.of(RunCommand.FIT, job)).build(),
              RunIdentity.OF_FIT,
              held -> cancellation.call(() -> RecordedTraining.run(prepared, held, readingNanos)));
      outcome.notes().forEach(progress::noted);
      if (isFinished) {
        progress.noted(outcome.message() + "; fit returns its model");
      }
      return fitted(prepared, job.runs().directory(id));
    }
  }

  private static Fitted fitted(Prepared prepared, RunDirectory run) {
    SavedModel read =
        ModelFile.read(prepared.job().sparkContext().hadoopConfiguration(), run.model());
    Model saved = read.model();
    return new Fitted(
        prepared
            .start()
            .inUnitOfTargets()
            .within(saved.network().bounds())
            .with(saved.network().intervals())
            .with(saved.state())
            .with(saved.threshold()),
        encoder(prepared.examples(), read.encoder()),
        FitRecord.of(
            run.manifest(),
            run.status().orElseThrow(),
            RecordedEpoch.stream(run).map(RecordedEpoch::result).toList(),
            prepared.examples()));
  }

  private static FrameEncoder encoder(TrainingExamples examples, Optional<TableEncoder> encoder) {
    return new FrameEncoder(
        encoder.orElseThrow(), examples.data().findings().widths(), examples.data().hasImages());
  }

  private JobContext context(RunId id) {
    return new JobContext(spark, settings, id, new Interruption());
  }

  private TrainingExamples open(JobContext job) {
    return TrainingExamples.open(job, data.training(), data.validation());
  }
}
