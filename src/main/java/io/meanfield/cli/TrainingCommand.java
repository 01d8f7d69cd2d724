package io.meanfield.cli;

import io.meanfield.cli.command.JobCommand;
import io.meanfield.cli.command.Terminal;
import io.meanfield.cli.command.TerminalProgress;
import io.meanfield.error.UserException;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.train.Progress;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.Status;
import java.util.Optional;

/** A command that trains a model and shows how training advances. */
abstract class TrainingCommand extends JobCommand {
  private volatile Optional<Progress> progress = Optional.empty();

  @Override
  public final Outcome run(JobContext job) {
    try (Progress shown = startProgress(job.settings().train().epochs())) {
      progress = Optional.of(shown);
      return trainOrShowPage(job, shown);
    }
  }

  private Outcome trainOrShowPage(JobContext job, Progress shown) {
    try {
      return train(job, shown);
    } catch (UserException failed) {
      pageOf(failed, job).ifPresent(this::announce);
      throw failed;
    }
  }

  // The page of an earlier attempt was deleted when the attempt began.
  private static Optional<String> pageOf(UserException failed, JobContext job) {
    try {
      return job.runs()
          .find(job.id())
          .filter(run -> run.status().flatMap(Status::errorCode).equals(Optional.of(failed.code())))
          .filter(run -> run.exists(RunDirectory.PAGE))
          .map(run -> "page     " + run.display() + "/" + RunDirectory.PAGE);
    } catch (UserException unreadable) { // the user has to learn why the run failed
      return Optional.empty();
    }
  }

  /** Runs the job. */
  abstract Outcome train(JobContext job, Progress shown);

  private Progress startProgress(int epochs) {
    return Terminal.isInteractive() && !options().json()
        ? TerminalProgress.start(epochs)
        : Progress.lines(epochs, forPeople());
  }

  // On a terminal, above the status line.
  @Override
  public final void announce(String line) {
    progress.ifPresentOrElse(shown -> shown.print(line), () -> super.announce(line));
  }

  @Override
  public final void stopProgress() {
    progress.ifPresent(Progress::close);
  }
}
