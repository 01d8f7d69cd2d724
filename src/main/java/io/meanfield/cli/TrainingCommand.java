package io.meanfield.cli;

import io.meanfield.pipeline.Interruption;
import io.meanfield.pipeline.JobContext;
import io.meanfield.pipeline.JobSettings;
import io.meanfield.pipeline.Outcome;
import io.meanfield.store.RunId;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** A command that trains a model and shows how training advances. */
abstract class TrainingCommand extends JobCommand implements ClusterCommand {
  private volatile Optional<Progress> progress = Optional.empty();

  @Override
  final Outcome run(SparkSession spark, JobSettings settings, RunId id, Interruption interruption) {
    try (Progress shown = startProgress(settings.epochs())) {
      progress = Optional.of(shown);
      JobContext job = new JobContext(spark, settings, id, interruption);
      return train(job.begunAt(ProcessClock.beganNanos()), shown);
    }
  }

  /** Runs the job. */
  abstract Outcome train(JobContext job, Progress shown);

  private Progress startProgress(int epochs) {
    return Terminal.isInteractive() && !options().json()
        ? TerminalProgress.start(epochs)
        : new LineProgress(epochs, forPeople());
  }

  @Override
  final void stopProgress() {
    progress.ifPresent(Progress::close);
  }
}
