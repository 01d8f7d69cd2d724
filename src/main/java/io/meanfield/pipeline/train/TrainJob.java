package io.meanfield.pipeline.train;

import io.meanfield.error.UserException;
import io.meanfield.gate.DataProfile;
import io.meanfield.gate.DataProfiler;
import io.meanfield.kernels.Kernels;
import io.meanfield.pipeline.housekeeping.RunCommand;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.run.RunIdentity;
import io.meanfield.pipeline.run.RunKernels;
import io.meanfield.pipeline.run.RunManifest;
import io.meanfield.pipeline.run.RunSupervisor;
import io.meanfield.sparkui.SparkJobs;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunDirectory;
import io.meanfield.train.history.TrainingListener;
import java.util.Optional;

/**
 * The command {@code train}: trains a model on {@code data.train} and writes model and history to a
 * run.
 */
public final class TrainJob {
  private final JobContext job;
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
    job.requireWritableRuns();
    Kernels kernels = RunKernels.pin(job); // first, because all else may load the libraries
    job.requireSuitableCluster("data.train", job.settings().data().train());
    Optional<InitialWeights> initialWeights =
        options.from().map(name -> InitialWeights.resolve(job.catalog(), name));
    long readingNanos = System.nanoTime();
    try (TrainingExamples examples = open(initialWeights)) {
      job.announcement().run(); // before the engine is announced
      Prepared prepared =
          Prepared.of(examples, TrainingStart.of(job, kernels, initialWeights), progressListener);
      return RunSupervisor.run(
          job,
          manifest(prepared, initialWeights),
          options.extend() ? RunIdentity.EXTENDED : RunIdentity.USUAL,
          held -> {
            profile(examples, held);
            return RecordedTraining.run(prepared, held, readingNanos);
          });
    }
  }

  private TrainingExamples open(Optional<InitialWeights> initialWeights) {
    return job.named(
        SparkJobs.READING,
        () ->
            TrainingExamples.open(
                job, initialWeights.flatMap(InitialWeights::encoder), progressListener));
  }

  private void profile(TrainingExamples examples, RunDirectory held) {
    if (job.settings().run().profile() && !held.exists(DataProfile.NAME)) {
      DataProfile profile =
          job.named(
              "profiling data",
              () ->
                  DataProfiler.profile(
                      examples.data(), examples.settings().network().labelClasses()));
      held.replace(DataProfile.NAME, out -> out.write(profile.toJson()));
    }
  }

  private Manifest manifest(Prepared prepared, Optional<InitialWeights> initialWeights) {
    RunManifest manifest =
        job.named(
            SparkJobs.READING, () -> prepared.describe(RunManifest.of(RunCommand.TRAIN, job)));
    initialWeights.ifPresent(weights -> manifest.entry("from", weights.name()));
    return manifest.build();
  }
}
