package io.meanfield.bench;

import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Sums the processor time of the tasks that write a shuffle and of those that return a result. */
final class StageTimes extends SparkListener {
  private long writingNanos;
  private long returningNanos;

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
    long nanos = end.taskMetrics().executorCpuTime();
    if ("ShuffleMapTask".equals(end.taskType())) {
      writingNanos += nanos;
    } else {
      returningNanos += nanos;
    }
  }

  synchronized double writingSeconds() {
    return writingNanos / 1e9;
  }

  synchronized double returningSeconds() {
    return returningNanos / 1e9;
  }
}
