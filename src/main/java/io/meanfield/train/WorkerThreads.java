package io.meanfield.train;

import io.meanfield.network.LearnerState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/** Runs the workers of a group: side by side where the task has the cores, else in turn. */
final class WorkerThreads {
  // As many threads as tasks ask for at a time; they stay, because ND4J keeps workspaces for each
  // thread.
  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "meanfield-worker");
            thread.setDaemon(true);
            return thread;
          });

  private WorkerThreads() {}

  /** Returns the results in the order of the workers, the same whatever {@code cores} is. */
  static List<WorkerTask.WorkerResult> fit(
      List<WorkerTask> workers, Round part, LearnerState state, int cores) {
    int lanes = Math.min(cores, workers.size());
    if (lanes == 1) {
      return workers.stream().map(worker -> worker.fit(part, state)).toList();
    }
    WorkerTask.WorkerResult[] fitted = new WorkerTask.WorkerResult[workers.size()];
    IntConsumer lane =
        first -> {
          for (int i = first; i < fitted.length; i += lanes) {
            fitted[i] = workers.get(i).fit(part, state);
          }
        };
    runLanes(lanes, lane);
    return Arrays.asList(fitted);
  }

  private static void runLanes(int lanes, IntConsumer lane) {
    List<Future<?>> running = new ArrayList<>();
    for (int first = 1; first < lanes; first++) {
      int other = first;
      running.add(THREADS.submit(() -> lane.accept(other)));
    }
    lane.accept(0); // here: a thread less to wake
    running.forEach(WorkerThreads::await);
  }

  private static void await(Future<?> lane) {
    try {
      lane.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "a worker failed: " + e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the task was cancelled", e);
    }
  }
}
