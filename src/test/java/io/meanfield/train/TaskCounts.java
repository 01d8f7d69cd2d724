package io.meanfield.train;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Counts failed and speculative tasks; complete when the session has stopped. */
final class TaskCounts extends SparkListener {
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicInteger speculativeThatWon = new AtomicInteger();

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    if (end.taskInfo().failed()) {
      failed.incrementAndGet();
    }
    if (end.taskInfo().speculative() && end.taskInfo().successful()) {
      speculativeThatWon.incrementAndGet();
    }
  }

  int failed() {
    return failed.get();
  }

  int speculativeThatWon() {
    return speculativeThatWon.get();
  }
}
