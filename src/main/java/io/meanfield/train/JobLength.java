package io.meanfield.train;

import java.util.List;

/**
 * Decides how many rounds a Spark job trains: as many as take about two seconds, so that a long
 * epoch shows progress and ends soon after an interrupt; but so many that what a job costs besides
 * is at most a twentieth of its time. The speed is that of the last job; the first job is one
 * round.
 */
final class JobLength {
  private static final double SECONDS = 2;
  private static final double LARGEST_COST = 0.05;

  private double secondsPerStep = Double.POSITIVE_INFINITY;
  private double cost;

  /** Returns the rounds of the next job: the first ones of these, at least one. */
  List<Round> next(List<Round> rounds) {
    double seconds = Math.max(SECONDS, cost / LARGEST_COST);
    int count = 1;
    double taken = seconds(rounds.get(0));
    while (count < rounds.size() && taken + seconds(rounds.get(count)) <= seconds) {
      taken += seconds(rounds.get(count));
      count++;
    }
    return List.copyOf(rounds.subList(0, count));
  }

  private double seconds(Round round) {
    return secondsPerStep * (round.endStep() - round.firstStep());
  }

  /**
   * Records a job.
   *
   * @param trainingNanos time in which its rounds were trained
   * @param jobNanos elapsed time of the job
   */
  void ended(List<Round> rounds, long trainingNanos, long jobNanos) {
    long steps = rounds.stream().mapToLong(round -> round.endStep() - round.firstStep()).sum();
    secondsPerStep = trainingNanos / 1e9 / steps;
    cost = (jobNanos - trainingNanos) / 1e9;
  }
}
