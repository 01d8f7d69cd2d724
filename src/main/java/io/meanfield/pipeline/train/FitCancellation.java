package io.meanfield.pipeline.train;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.pipeline.run.EndedApplication;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;

/**
 * The end of a fit before it is done: its thread is interrupted, one of its Spark jobs is
 * cancelled, or the session is stopped. Cancels the other jobs of the fit, and only these, and
 * explains its end. For one thread, on the driver.
 */
public final class FitCancellation implements AutoCloseable {
  // How Spark begins the message about a cancelled job.
  private static final Pattern CANCELLED_JOB =
      Pattern.compile(
          "\\A(?:\\[SPARK_JOB_CANCELLED] )?(Job \\d+ cancelled.*?)(?: SQLSTATE: \\w+)?$",
          Pattern.MULTILINE);
  private static final int LONGEST_CHAIN = 100; // a chain of causes may be a circle

  private final SparkContext spark;
  private final String tag = "meanfield-fit-" + UUID.randomUUID();
  private final EndedApplication ending = new EndedApplication(EndedApplication.PATIENCE);
  private boolean interrupted;

  /** Watches the jobs that the calling thread starts until {@link #close} is called. */
  public FitCancellation(SparkContext spark) {
    this.spark = spark;
    spark.addJobTag(tag); // a program keeps its own job group
    spark.addSparkListener(ending);
  }

  /**
   * Does a part of the fit. If it fails, the jobs of the fit are cancelled, and the thread can do
   * the rest of its work before {@link #close} interrupts it again.
   *
   * @throws UserException if the fit was cancelled, or for a reason that the user can correct
   */
  public <T> T call(Supplier<T> work) {
    try {
      return work.get();
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      Optional<UserException> explained = explain(e);
      cancelJobs();
      if (explained.isPresent()) {
        throw explained.get();
      }
      throw e;
    }
  }

  private void cancelJobs() {
    if (!spark.isStopped()) {
      spark.cancelJobsWithTag(tag);
    }
  }

  private Optional<UserException> explain(Exception failure) {
    if (failure instanceof UserException known && known.code() == ErrorCode.INTERRUPTED) {
      return Optional.of(known); // of a part of this part
    }
    if (spark.isStopped()) {
      Thread.interrupted(); // maybe by EndedApplication
      return Optional.of(stopped(failure));
    }
    if (isInterrupt(failure)) {
      interrupted = true;
      return Optional.of(
          new UserException(
              ErrorCode.INTERRUPTED, "fit was interrupted; its Spark jobs are cancelled", failure));
    }
    return cancelledJob(failure)
        .map(
            job ->
                UserException.causedBy(
                    failure, ErrorCode.INTERRUPTED, "fit was cancelled: Spark's %s", job))
        .or(() -> correctable(failure));
  }

  private static UserException stopped(Exception failure) {
    return UserException.in(failure)
        .orElseGet(
            () ->
                new UserException(
                    ErrorCode.APPLICATION_ENDED,
                    "the SparkSession was stopped before fit was done",
                    failure));
  }

  // Clears the flag of the thread, which would end the writing and the cleaning up that follow.
  private static boolean isInterrupt(Exception failure) {
    return Thread.interrupted() || causes(failure).anyMatch(InterruptedException.class::isInstance);
  }

  /** Returns what Spark says about the cancelled job that caused a failure; empty if none did. */
  static Optional<String> cancelledJob(Throwable failure) {
    return causes(failure)
        .map(cause -> CANCELLED_JOB.matcher(String.valueOf(cause.getMessage())))
        .filter(Matcher::find)
        .map(found -> found.group(1).strip())
        .findFirst();
  }

  private static Optional<UserException> correctable(Exception failure) {
    return failure instanceof UserException known
        ? Optional.of(known)
        : UserException.in(failure)
            .map(found -> new UserException(found.code(), found.getMessage(), failure));
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .limit(LONGEST_CHAIN);
  }

  /** Ends the watch, and sets the flag of a thread that was interrupted. */
  @Override
  public void close() {
    ending.close();
    if (!spark.isStopped()) {
      spark.removeSparkListener(ending);
    }
    spark.removeJobTag(tag);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
