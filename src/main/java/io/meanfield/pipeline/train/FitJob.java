package io.meanfield.pipeline.train;

import io.meanfield.data.TableEncoder;
import io.meanfield.data.source.Source;
import io.meanfield.data.source.UnscaledColumns;
import io.meanfield.engine.dl4j.ModelFile;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.Kernels;
import io.meanfield.network.Model;
import io.meanfield.pipeline.housekeeping.RunCommand;
import io.meanfield.pipeline.run.Interruption;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.run.JobSettings;
import io.meanfield.pipeline.run.RunKernels;
import io.meanfield.pipeline.run.RunManifest;
import io.meanfield.pipeline.run.RunSupervisor;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunId;
import io.meanfield.train.Trainer;
import io.meanfield.train.TrainingData;
import io.meanfield.train.checkpoint.RecordedEpoch;
import io.meanfield.train.history.BestEpoch;
import io.meanfield.train.history.EarlyStopping;
import io.meanfield.train.history.EpochResult;
import io.meanfield.train.history.History;
import io.meanfield.train.history.TrainingListener;
import io.meanfield.train.history.TrainingState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a model on the examples of a Spark program: without files, or as a run that a later call
 * continues. Driver only.
 */
public final class FitJob {
  private static final Logger LOG = LoggerFactory.getLogger(FitJob.class);

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

  /** A trained model, the encoder of its examples, and the epochs of its training. */
  public record Fitted(Model model, TableEncoder encoder, List<EpochResult> epochs) {}

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
    JobContext job = context(RunId.fresh(Instant.now())); // the id of no run
    TrainingExamples examples = examples(job);
    try {
      Training training = prepare(job, Training.Start.withoutRun(kernels), examples);
      return train(training);
    } finally {
      examples.release();
    }
  }

  private static Fitted train(Training training) {
    TrainingExamples examples = training.examples();
    EngineNetwork network = training.start().network();
    UnscaledColumns.notes(examples.data()).forEach(LOG::warn); // while they are cached
    TrainingData data = TrainingShards.load(training, pinned -> {});
    try {
      EarlyStopping earlyStopping = examples.settings().train().earlyStopping();
      BestEpoch best = new BestEpoch(earlyStopping);
      History history = new History(network.engine(), earlyStopping);
      TrainingState initial =
          TrainingState.initial(training.pretrained(training.pretraining(data)));
      List<TrainingListener> listeners = List.of(best, history, training.progressListener());
      TrainingState last =
          new Trainer(examples.settings().train(), examples.settings().seed(), listeners)
              .train(network, initial, data);
      TrainingResult result =
          TrainingResult.of(
              training.trained(best.state().orElse(last)), training.selection(), data);
      result
          .notes(TrainSummary.diagnosis(history, earlyStopping), examples.balancing())
          .forEach(LOG::warn);
      return new Fitted(result.model(), encoder(examples), history.epochs());
    } finally {
      data.release();
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
    TrainingExamples examples = examples(job);
    try {
      Training training = prepare(job, Training.Start.of(job, kernels, Optional.empty()), examples);
      Manifest manifest = training.describe(RunManifest.of(RunCommand.FIT, job)).build();
      RunSupervisor.run(
              job, manifest, held -> cancellation.call(() -> RecordedTraining.run(training, held)))
          .notes()
          .forEach(LOG::warn);
      RunDirectory run = job.runs().directory(id);
      Model saved = ModelFile.read(job.sparkContext().hadoopConfiguration(), run.model());
      return new Fitted(
          training
              .start()
              .inUnitOfTargets()
              .within(saved.network().bounds())
              .with(saved.state())
              .with(saved.threshold()),
          encoder(examples),
          RecordedEpoch.stream(run).map(RecordedEpoch::result).toList());
    } finally {
      examples.release();
    }
  }

  private JobContext context(RunId id) {
    return new JobContext(spark, settings, id, new Interruption());
  }

  private TrainingExamples examples(JobContext job) {
    return TrainingExamples.open(job, data.training(), data.validation());
  }

  private Training prepare(JobContext job, Training.Start start, TrainingExamples examples) {
    return Training.prepare(job, examples, start, progress);
  }

  private static TableEncoder encoder(TrainingExamples examples) {
    return examples.data().encoder().orElseThrow();
  }
}
