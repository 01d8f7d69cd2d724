package io.meanfield.pipeline;

import io.meanfield.settings.Complaint;
import io.meanfield.settings.ErrorCode;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.Status;
import java.time.Instant;
import java.util.function.Supplier;

/** Keeps a run's status.json true while its job works. */
final class Supervised {
  private Supervised() {}

  /** Runs {@code job}; whatever it does, the status says so afterwards. */
  static Outcome run(RunDirectory run, Supplier<Outcome> job) {
    Status running = Status.running(Instant.now());
    run.write(running);
    try {
      Outcome outcome = job.get();
      run.write(running.succeeded(Instant.now(), outcome.sentence()));
      return outcome;
    } catch (RuntimeException | Error e) {
      recordFailure(run, running, e);
      throw e;
    }
  }

  private static void recordFailure(RunDirectory run, Status running, Throwable failure) {
    ErrorCode code = Complaint.in(failure).map(Complaint::code).orElse(ErrorCode.UNEXPECTED);
    String sentence =
        Complaint.in(failure).map(Throwable::getMessage).orElse(String.valueOf(failure));
    try {
      run.write(running.failed(Instant.now(), code, sentence));
    } catch (RuntimeException unwritable) {
      failure.addSuppressed(unwritable);
    }
  }
}
