package io.meanfield.pipeline.search;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.train.TrainJob;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.Status;
import io.meanfield.train.checkpoint.Checkpoints;
import io.meanfield.train.history.EpochResult;
import io.meanfield.train.history.TrainingListener;
import io.meanfield.train.history.TrainingState;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Trains trials, each in a run that continues where it has paused. */
final class TrialRuns {
  private static final String EPOCHS = "settings.train.epochs";

  private final JobContext search;
  private final Consumer<String> print;

  TrialRuns(JobContext search, Consumer<String> print) {
    this.search = search;
    this.print = print;
  }

  /**
   * Trains the first trial to its end, and checks that the data are those of its run if it has
   * ended before.
   */
  TrialResult first(Trial trial) {
    return train(trial, 1);
  }

  /** Trains a trial to its end, unless it has ended. */
  TrialResult toEnd(Trial trial) {
    return find(trial)
        .filter(TrialRuns::hasEnded)
        .map(run -> result(trial, run))
        .orElseGet(() -> train(trial, 1));
  }

  /** Returns what became of a trial so far. */
  TrialResult soFar(Trial trial) {
    return result(trial, find(trial).orElseThrow());
  }

  /** Trains a part of the epochs of a trial, unless it has them or has ended. */
  TrialResult to(Trial trial, double part) {
    return find(trial)
        .filter(run -> hasEnded(run) || Checkpoints.completedEpochs(run) >= last(run, part))
        .map(run -> result(trial, run))
        .orElseGet(() -> train(trial, part));
  }

  /** Returns the number of the last epoch in a part of a trial's epochs. */
  int last(Trial trial, double part) {
    return last(find(trial).orElseThrow(), part);
  }

  private Optional<RunDirectory> find(Trial trial) {
    return search.runs().find(trial.run());
  }

  private static TrialResult result(Trial trial, RunDirectory run) {
    TrialResult.State state =
        run.success().isPresent()
            ? TrialResult.State.FINISHED
            : hasDiverged(run) ? TrialResult.State.DIVERGED : TrialResult.State.STOPPED;
    return TrialResult.of(trial, state, run);
  }

  // Early stopping may have ended it.
  private static boolean hasEnded(RunDirectory run) {
    return run.success().isPresent() || hasDiverged(run);
  }

  private static boolean hasDiverged(RunDirectory run) {
    return run.status().flatMap(Status::errorCode).filter(ErrorCode.DIVERGED::equals).isPresent();
  }

  private static int last(RunDirectory run, double part) {
    return last(run.manifest().integer(EPOCHS), part);
  }

  private static int last(long epochs, double part) {
    return (int) Math.max(1, Math.ceil(part * epochs));
  }

  private TrialResult train(Trial trial, double part) {
    Pause pause = new Pause(part);
    JobContext job =
        new JobContext(
                search.spark(), trial.settings(), trial.run(), search.interruption().forNextJob())
            .announcing(search.announcement());
    try {
      new TrainJob(job, TrainJob.Options.NONE, pause).run();
    } catch (UserException e) {
      if (!pause.isReached && e.code() != ErrorCode.DIVERGED) {
        throw e;
      }
    }
    TrialResult result = soFar(trial);
    print.accept(result.line());
    return result;
  }

  /** Ends a training after a part of its epochs, which are recorded by then. */
  private static final class Pause implements TrainingListener {
    private final double part;
    private int epochs;
    private boolean isReached;

    Pause(double part) {
      this.part = part;
    }

    @Override
    public void planned(int planned, List<String> lines) {
      epochs = planned;
    }

    @Override
    public void epochEnded(EpochResult epoch, Optional<TrainingState> state) {
      if (part < 1 && epoch.epoch() >= last(epochs, part)) {
        isReached = true;
        throw UserException.of(
            ErrorCode.INTERRUPTED,
            "paused by the search after epoch %s of %s",
            epoch.epoch(),
            epochs);
      }
    }
  }
}
