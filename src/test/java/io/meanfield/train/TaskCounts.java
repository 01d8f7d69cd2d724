package io.meanfield.train;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/**
 * Counts failed and speculative tasks, and knows who has trained; complete when the session has
 * stopped.
 */
final class TaskCounts extends SparkListener {
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicInteger speculativeThatWon = new AtomicInteger();

  private final Set<Integer> stagesOfEpochs = ConcurrentHashMap.newKeySet();
  private final Set<String> executorsOfEpochs = ConcurrentHashMap.newKeySet();

  @Override
  public void onJobStart(SparkListenerJobStart start) {
    String description = start.properties().getProperty("spark.job.description", "");
    if (description.startsWith("epoch")) {
      start.stageInfos().foreach(stage -> stagesOfEpochs.add(stage.stageId()));
    }
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    if (stagesOfEpochs.contains(end.stageId())) {
      executorsOfEpochs.add(end.taskInfo().executorId());
    }
    if (end.taskInfo().failed()) {
      failed.incrementAndGet();
    }
    if (end.taskInfo().speculative() && end.taskInfo().successful()) {
      speculativeThatWon.incrementAndGet();
    }
  }

  /** Returns the executors whose tasks have trained rounds. */
  Set<String> executorsOfEpochs() {
    return executorsOfEpochs;
  }

  int failed() {
    return failed.get();
  }

  int speculativeThatWon() {
    return speculativeThatWon.get();
  }
}
