package io.meanfield.train;

import io.meanfield.network.LearnerState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.function.IntConsumer;

/** Runs the workers of a group, in parallel if the task has more than one core. */
final class WorkerThreads {
  // Threads are created on demand and reused, because ND4J keeps workspaces for each thread.
  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          runnable -> {
            Thread thread = new Thread(runnable, "meanfield-worker");
            thread.setDaemon(true);
            return thread;
          });

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
    runShares(threads, share);
    return Arrays.asList(results);
  }

  /**
   * Runs the shares 0 to {@code threads} - 1 in parallel. Returns or throws when all of them have
   * ended; if one fails, the others are interrupted.
   */
  static void runShares(int threads, IntConsumer share) {
    List<FutureTask<?>> running = new ArrayList<>();
    Semaphore ended = new Semaphore(0);
    try {
      for (int i = 1; i < threads; i++) {
        int first = i;
        FutureTask<?> task = new FutureTask<>(() -> share.accept(first), null);
        THREADS.execute(() -> run(task, ended));
        running.add(task);
      }
      share.accept(0); // on this thread, which saves waking another one
      running.forEach(WorkerThreads::await);
    } finally {
      // A thread must not read chunks any longer when the task, with its locks, has ended.
      running.forEach(task -> task.cancel(true));
      ended.acquireUninterruptibly(running.size());
    }
  }

  private static void run(FutureTask<?> share, Semaphore ended) {
    try {
      share.run();
    } finally {
      ended.release();
    }
  }

  private static void requireNotCancelled() {
    if (Thread.currentThread().isInterrupted()) {
      throw new IllegalStateException("the task was cancelled");
    }
  }

  private static void await(FutureTask<?> share) {
    try {
      share.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "a worker failed: " + e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the task was cancelled", e);
    }
  }
}
