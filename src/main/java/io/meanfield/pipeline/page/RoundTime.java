package io.meanfield.pipeline.page;

/**
 * Where the time of one round, or of several, went, in milliseconds.
 *
 * @param computing the mean over the workers of the duration of their task, which contains the
 *     turns of the task's other workers
 * @param waiting for slower tasks: the longest duration minus the mean
 * @param synchronising the rest: scheduling, transport and averaging
 */
record RoundTime(double computing, double waiting, double synchronising) {
  static final RoundTime NONE = new RoundTime(0, 0, 0);

  RoundTime plus(RoundTime other) {
    return new RoundTime(
        computing + other.computing, waiting + other.waiting, synchronising + other.synchronising);
  }

  RoundTime dividedBy(int rounds) {
    return new RoundTime(computing / rounds, waiting / rounds, synchronising / rounds);
  }

  double total() {
    return computing + waiting + synchronising;
  }
}
