package io.meanfield.train;

import java.util.List;

/**
 * Decides how many rounds a Spark job trains: as many as take about two seconds, so that a long
 * epoch shows progress and ends soon after an interrupt; but so many that what a job costs besides
 * is at most a twentieth of its time, up to half a minute. The last job of an epoch may take half
 * as long again, so that it is not a short one. The speed is that of the last job; the first job is
 * one round.
 */
final class JobLength {
  private static final long TWO_SECONDS = 2_000_000_000;
  private static final int LEAST_TIMES_COST = 20;
  // A job that waited for an executor says nothing about the next one.
  private static final long LONGEST = 30_000_000_000L;

  private long steps;
  private long trainingNanos;
  private long otherNanos;

  /** Returns the rounds of the next job: the first ones of these, at least one. */
  List<Round> next(List<Round> rounds) {
    long longest = steps();
    if (steps(rounds) <= longest + longest / 2) {
      return List.copyOf(rounds);
    }
    int count = 1;
    long taken = rounds.get(0).steps();
    while (count < rounds.size() && taken + rounds.get(count).steps() <= longest) {
      taken += rounds.get(count).steps();
      count++;
    }
    return List.copyOf(rounds.subList(0, count));
  }

  private static long steps(List<Round> rounds) {
    return rounds.stream().mapToLong(Round::steps).sum();
  }

  /** Returns the number of steps of the next job; 0 before the first job. */
  private long steps() {
    long nanos = Math.min(LONGEST, Math.max(TWO_SECONDS, LEAST_TIMES_COST * otherNanos));
    return (long) ((double) nanos * steps / Math.max(1, trainingNanos));
  }

  /**
   * Records a job.
   *
   * @param training time in which its rounds were trained, in nanoseconds
   * @param job elapsed time of the job, in nanoseconds
   */
  void ended(List<Round> rounds, long training, long job) {
    steps = steps(rounds);
    trainingNanos = training;
    otherNanos = job - training;
  }
}
