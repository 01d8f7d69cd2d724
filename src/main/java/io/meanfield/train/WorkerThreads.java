package io.meanfield.train;

import io.meanfield.batch.TaskThreads;
import io.meanfield.network.LearnerState;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/** Runs the workers of a group, in parallel if the task has more than one core. */
final class WorkerThreads {
  private WorkerThreads() {}

  /** Returns the results in the order of the workers; they do not depend on {@code cores}. */
  static List<WorkerTask.WorkerResult> fit(
      List<WorkerTask> workers, Round part, LearnerState state, int cores) {
    int threads = Math.min(cores, workers.size());
    if (threads == 1) {
      return workers.stream().map(worker -> worker.fit(part, state)).toList();
    }
    WorkerTask.WorkerResult[] results = new WorkerTask.WorkerResult[workers.size()];
    IntConsumer share =
        first -> {
          for (int i = first; i < results.length; i += threads) {
            requireNotCancelled();
            results[i] = workers.get(i).fit(part, state);
          }
        };
    TaskThreads.run(threads, share);
    return Arrays.asList(results);
  }

  private static void requireNotCancelled() {
    if (Thread.currentThread().isInterrupted()) {
      throw new IllegalStateException("the task was cancelled");
    }
  }
}
