package io.meanfield.train;

import java.util.List;

/**
 * Decides how many rounds a Spark job trains: as many as take a second, so that training shows
 * progress and ends soon after an interrupt; but so many that what a job costs besides is at most a
 * fortieth of its time, up to half a minute. The speed is that of the last job; the first job is
 * one round.
 */
final class JobLength {
  private static final long ONE_SECOND = 1_000_000_000;
  private static final int LEAST_TIMES_COST = 40;
  // A job that waited for an executor says nothing about the next one.
  private static final long LONGEST = 30_000_000_000L;

  private long steps;
  private long trainingNanos;
  private long otherNanos;

  /** Returns the rounds of the next job: the first ones of these, at least one. */
  List<Round> next(List<Round> rounds) {
    long nanos = Math.min(LONGEST, Math.max(ONE_SECOND, LEAST_TIMES_COST * otherNanos));
    double longest = (double) nanos * steps / Math.max(1, trainingNanos);
    int count = 1;
    long taken = rounds.get(0).steps();
    while (count < rounds.size() && taken + rounds.get(count).steps() <= longest) {
      taken += rounds.get(count).steps();
      count++;
    }
    return List.copyOf(rounds.subList(0, count));
  }

  /**
   * Records a job.
   *
   * @param training time in which its rounds were trained and validated, in nanoseconds
   * @param job elapsed time of the job, in nanoseconds
   */
  void ended(List<Round> rounds, long training, long job) {
    steps = rounds.stream().mapToLong(Round::steps).sum();
    trainingNanos = training;
    otherNanos = job - training;
  }
}
