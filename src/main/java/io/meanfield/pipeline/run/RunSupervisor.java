package io.meanfield.pipeline.run;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.pipeline.housekeeping.RunCommand;
import io.meanfield.store.Lease;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunDeletion;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.Status;
import io.meanfield.tracking.RunReport;
import io.meanfield.train.checkpoint.Checkpoints;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Runs a job in the directory of its run. Takes the lease, so that only one process works on the
 * run; skips a run that is finished; keeps status.json up to date.
 */
public final class RunSupervisor {
  /** The work of a job, done while this process holds the lease of the run. */
  @FunctionalInterface
  public interface Job {
    Outcome run(RunDirectory held);
  }

  // For the last heartbeat of a lease, if the files of an epoch have used the patience up.
  private static final Duration LEAST_PATIENCE = Duration.ofSeconds(2);

  private final Interruption interruption;
  private final RunTracking tracking;
  private final RunPageFile pageFile;
  private final Duration patience;
  private volatile Optional<RunReport> report = Optional.empty();

  /** As {@link #run(JobContext, Manifest, RunIdentity, Job)}, with the usual identity. */
  public static Outcome run(JobContext context, Manifest wanted, Job job) {
    return run(context, wanted, RunIdentity.USUAL, job);
  }

  /**
   * Announces the run of a job, creates its directory unless it exists, and runs {@code job} unless
   * the run is finished. The job may add entries to the manifest.
   *
   * @param wanted the manifest of the job
   * @param identity what must not change when the run continues
   * @throws UserException if the directory cannot be written, if the run's manifest differs, or if
   *     another process holds the run
   */
  public static Outcome run(JobContext context, Manifest wanted, RunIdentity identity, Job job) {
    context.announcement().run();
    RunDirectory run = context.runs().claim(context.id(), wanted);
    return new RunSupervisor(
            context.interruption(),
            new RunTracking(
                context.settings().tracking(),
                context.measurements(),
                () -> new LoggedModel(context, run).files()),
            new RunPageFile(context.settings().page(), context.interruption()),
            Checkpoints.PATIENCE)
        .run(run, wanted, identity, job);
  }

  /**
   * Creates a supervisor.
   *
   * @param interruption ends the job: status and lease record that, and no file is written
   *     afterwards
   * @param tracking reports the run at its end
   * @param pageFile the page that is written at its end
   * @param patience how long an interruption waits for the files that are being written
   */
  RunSupervisor(
      Interruption interruption, RunTracking tracking, RunPageFile pageFile, Duration patience) {
    this.interruption = interruption;
    this.tracking = tracking;
    this.pageFile = pageFile;
    this.patience = patience;
  }

  Outcome run(RunDirectory run, Manifest wanted, RunIdentity identity, Job job) {
    if (isDone(run, wanted, identity)) {
      return finished(run);
    }
    try (Lease lease = Lease.take(run)) {
      RunDirectory held = lease.run();
      RunDeletion.requireNone(held);
      // Again, because the previous holder may have begun or finished it just before.
      if (isDone(held, wanted, identity)) {
        return finished(held);
      }
      boolean isReplaced = isReplaced(held, wanted, identity);
      Optional<String> note = RunIdentity.otherBuild(held, wanted);
      Status running = Status.running(Instant.now());
      try {
        interruption.begin(
            signal -> recordInterruption(lease, running, signal), () -> held.write(running));
        // Not before: a run killed in between would look like a finished longer one.
        if (isReplaced) {
          held.replaceManifest(wanted);
        }
        held.delete(RunDirectory.PAGE); // of an earlier attempt, whose state it shows
        Outcome outcome = job.run(held);
        return succeeded(held, running, note.map(outcome::withNote).orElse(outcome));
      } catch (Throwable e) { // Spark throws checked exceptions that it does not declare
        interruption.complete(() -> recordFailure(held, running, e));
        throw e;
      }
    } finally {
      report.ifPresent(tracking::send); // without the lease, because a server may be slow
    }
  }

  /** Returns whether the run is finished; throws if the job may not continue it. */
  private static boolean isDone(RunDirectory run, Manifest wanted, RunIdentity identity) {
    if (isReplaced(run, wanted, identity)) {
      return false;
    }
    identity.requireSame(run, wanted);
    return isFinished(run);
  }

  /** Returns whether the job takes the run with a manifest of its own. */
  private static boolean isReplaced(RunDirectory run, Manifest wanted, RunIdentity identity) {
    return identity.isLonger(run, wanted)
        || (!isFinished(run) && identity.mayStartAnew(run, wanted));
  }

  /** Returns whether the run is finished; a run whose status is damaged is not. */
  private static boolean isFinished(RunDirectory run) {
    return run.statusUnlessDamaged()
        .filter(status -> status.state() == Status.State.SUCCEEDED)
        .isPresent();
  }

  private static Outcome finished(RunDirectory run) {
    requireModel(run);
    Status status = run.success().orElseThrow();
    return Outcome.done(
            "run %s is finished already: %s".formatted(run.id(), status.message()), List.of())
        .withExitCode(status.exitCode().orElse(0))
        .withResult(status.result())
        .withPaths(run.paths());
  }

  private static void requireModel(RunDirectory run) {
    boolean trains = RunCommand.of(run.manifest()).filter(RunCommand::endsWithModel).isPresent();
    if (trains && !run.exists(RunDirectory.MODEL)) {
      throw UserException.of(
          ErrorCode.STORE_UNREADABLE,
          "run %s is finished, but %s/%s is missing; restore the file, or delete %s there and run"
              + " the same command again, which writes the model again",
          run.id(),
          run.display(),
          RunDirectory.MODEL,
          RunDirectory.STATUS);
    }
  }

  private Outcome succeeded(RunDirectory held, Status running, Outcome outcome) {
    Status ended =
        running
            .succeeded(Instant.now(), outcome.exitCode(), outcome.message(), outcome.result())
            .withModel(held.modelSha256());
    Optional<String> page = pageFile.write(held, ended);
    held.deleteDrafts();
    interruption.complete(() -> end(held, ended));
    return page.map(outcome::withDetail).orElse(outcome).withPaths(held.paths());
  }

  // The report first: a run whose status says that it has ended is not run again.
  private void end(RunDirectory held, Status status) {
    Optional<RunReport> written = tracking.write(held, status);
    held.write(status);
    report = written;
  }

  private String recordInterruption(Lease lease, Status running, String signal) {
    long began = System.nanoTime();
    String interrupted = "interrupted by " + signal + "; ";
    try {
      // First without the epoch that is being written: a cluster manager kills soon after the
      // signal.
      String first = interrupted + resumeHint(lease.run());
      lease.run().write(running.failed(Instant.now(), ErrorCode.INTERRUPTED, first));
      interruption.finishWrites();
      String message = interrupted + resumeHint(lease.run());
      Status ended = running.failed(Instant.now(), ErrorCode.INTERRUPTED, message);
      if (!message.equals(first)) {
        lease.run().write(ended);
      }
      tracking.write(lease.run(), ended);
      return message;
    } catch (UserException notWritten) {
      return interrupted + notWritten.getMessage();
    } finally {
      lease.close(atLeast(LEAST_PATIENCE, patience.minusNanos(System.nanoTime() - began)));
    }
  }

  private static Duration atLeast(Duration least, Duration duration) {
    return duration.compareTo(least) < 0 ? least : duration;
  }

  private static String resumeHint(RunDirectory run) {
    int completed = Checkpoints.completedEpochs(run);
    return completed == 0
        ? "the same command starts run " + run.id() + " from the beginning"
        : "run %s is complete up to epoch %s, the same command continues from there"
            .formatted(run.id(), completed);
  }

  private void recordFailure(RunDirectory held, Status running, Throwable failure) {
    Throwable cause = interruption.cause(failure);
    if (cause != failure) {
      Thread.interrupted(); // the interrupt has done its work, and would end the writing below
    }
    UserException error = UserException.of(cause);
    try {
      Status failed = running.failed(Instant.now(), error.code(), error.getMessage());
      end(held, failed);
      pageFile.writeFailed(held, failed);
    } catch (UserException notWritten) {
      if (notWritten.code() == ErrorCode.RUN_BUSY) {
        throw notWritten; // the run was taken over, which explains every other failure
      }
      failure.addSuppressed(notWritten);
    }
  }
}
