package io.meanfield.pipeline.score;

import java.util.Locale;

/**
 * The speed of a job.
 *
 * @param rows the number of rows of the job
 * @param nanos its duration
 * @param cores the cores that Spark gave to it
 */
record Throughput(long rows, long nanos, int cores) {
  private static final double NANOS = 1e9;

  /** Returns the rows a second, in all and for each core, as a sentence without a full stop. */
  String sentence() {
    double seconds = Math.max(1, nanos) / NANOS;
    double rate = rows / seconds;
    return String.format(
        Locale.ROOT,
        "%.0f rows a second, %.0f for each core (%d rows, %.2f s, %d cores)",
        rate,
        rate / cores,
        rows,
        seconds,
        cores);
  }
}
