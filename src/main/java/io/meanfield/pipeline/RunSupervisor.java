package io.meanfield.pipeline;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.Lease;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.Status;
import io.meanfield.train.checkpoint.Checkpoints;
import java.time.Instant;
import java.util.List;

/**
 * A job's hold on its run: one process at a time, never twice, and a status.json that stays true.
 */
public final class RunSupervisor {
  // What a run is. Where its files lie and how many of them are kept may change.
  private static final List<String> IDENTITY =
      List.of(
          "command",
          "engine",
          "data",
          "model",
          "from",
          "systems",
          "settings.network",
          "settings.train",
          "settings.run.seed",
          "settings.data.validation-fraction");
  private static final String EPOCHS = "settings.train.epochs";

  /** What is done while the run is held, in its directory. */
  @FunctionalInterface
  public interface Job {
    Outcome run(RunDirectory held);
  }

  private RunSupervisor() {}

  /**
   * Runs {@code job} unless the run is finished.
   *
   * @param wanted what the run should be
   * @param extend whether a run of fewer epochs may become one of more
   * @param interruption ends the job: status and lease record that, and no file is written
   *     afterwards
   * @throws UserException if the run is another one, or another process is at work on it
   */
  public static Outcome run(
      RunDirectory run, Manifest wanted, boolean extend, Interruption interruption, Job job) {
    Manifest found = run.manifest();
    boolean longer = extend && isLonger(found, wanted);
    requireSame(
        run,
        longer ? found.with("settings", wanted.json().getValue("settings").unwrapped()) : found,
        wanted);
    if (run.success().isPresent() && !longer) {
      return finished(run);
    }
    try (Lease lease = Lease.take(run)) {
      if (run.success().isPresent() && !longer) {
        return finished(run); // by the holder before, while this process took the lease
      }
      return supervise(lease, interruption, longer ? extended(wanted, job) : job);
    }
  }

  // After the status was set to running: a run that is killed before that must not look like a
  // finished run of more epochs.
  private static Job extended(Manifest wanted, Job job) {
    return held -> {
      held.replaceManifest(wanted);
      return job.run(held);
    };
  }

  private static Outcome finished(RunDirectory run) {
    Status status = run.success().orElseThrow();
    return Outcome.done("run " + run.id() + " is finished already: " + status.message(), List.of())
        .withResult(status.result())
        .withPaths(run.paths());
  }

  private static boolean isLonger(Manifest found, Manifest wanted) {
    List<String> differences = found.differences(wanted, IDENTITY);
    return differences.size() == 1
        && differences.get(0).startsWith(EPOCHS + " ")
        && found.integer(EPOCHS) < wanted.integer(EPOCHS);
  }

  /** Throws if the run is another one: an answer before any work is done. */
  public static void requireSame(RunDirectory run, Manifest wanted) {
    requireSame(run, run.manifest(), wanted);
  }

  private static void requireSame(RunDirectory run, Manifest found, Manifest wanted) {
    List<String> differences = found.differences(wanted, IDENTITY);
    if (!differences.isEmpty()) {
      throw new UserException(
          ErrorCode.RUN_DIFFERS,
          "run "
              + run.id()
              + " exists in "
              + run.display()
              + " and is another one: "
              + String.join("; ", differences)
              + "; choose another --run-id, or --extend it if it only gets more epochs");
    }
  }

  private static Outcome supervise(Lease lease, Interruption interruption, Job job) {
    RunDirectory held = lease.run();
    Status running = Status.running(Instant.now());
    interruption.onInterrupt(signal -> recordInterruption(lease, running, signal));
    try {
      held.write(running);
      Outcome outcome = job.run(held);
      held.deleteDrafts();
      interruption.complete(
          () -> held.write(running.succeeded(Instant.now(), outcome.message(), outcome.result())));
      return outcome.withPaths(held.paths());
    } catch (Throwable e) { // Spark throws checked exceptions that it does not declare
      interruption.complete(() -> recordFailure(held, running, e));
      throw e;
    }
  }

  private static String recordInterruption(Lease lease, Status running, String signal) {
    String interrupted = "interrupted by " + signal + "; ";
    try {
      String sentence = interrupted + resumeHint(lease.run());
      lease.run().write(running.failed(Instant.now(), ErrorCode.INTERRUPTED, sentence));
      return sentence;
    } catch (UserException unwritten) {
      return interrupted + unwritten.getMessage();
    } finally {
      lease.close();
    }
  }

  private static String resumeHint(RunDirectory run) {
    int safe = Checkpoints.completedEpochs(run);
    return safe == 0
        ? "the same command begins run " + run.id() + " anew"
        : "run "
            + run.id()
            + " is safe up to epoch "
            + safe
            + ", the same command goes on from there";
  }

  private static void recordFailure(RunDirectory held, Status running, Throwable failure) {
    ErrorCode code =
        UserException.in(failure).map(UserException::code).orElse(ErrorCode.UNEXPECTED);
    String sentence =
        UserException.in(failure).map(Throwable::getMessage).orElse(String.valueOf(failure));
    try {
      held.write(running.failed(Instant.now(), code, sentence));
    } catch (UserException unwritten) {
      if (unwritten.code() == ErrorCode.RUN_BUSY) {
        throw unwritten; // the run was taken over, which explains every other failure
      }
      failure.addSuppressed(unwritten);
    }
  }
}
