package io.meanfield.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.function.IntConsumer;

/** Threads on which a task with several cores computes. */
public final class TaskThreads {
  // Threads are created on demand and reused, because ND4J keeps workspaces for each thread.
  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          runnable -> {
            Thread thread = new Thread(runnable, "meanfield-worker");
            thread.setDaemon(true);
            return thread;
          });

  private TaskThreads() {}

  /**
   * Runs the shares 0 to {@code threads} - 1 of some work in parallel. Returns or throws when all
   * of them have ended; if one fails, the others are interrupted.
   */
  public static void run(int threads, IntConsumer share) {
    List<FutureTask<?>> running = new ArrayList<>();
    Semaphore ended = new Semaphore(0);
    try {
      for (int i = 1; i < threads; i++) {
        int number = i;
        FutureTask<?> task = new FutureTask<>(() -> share.accept(number), null);
        THREADS.execute(() -> run(task, ended));
        running.add(task);
      }
      share.accept(0); // on this thread, which saves waking another one
      running.forEach(TaskThreads::await);
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

  private static void await(FutureTask<?> share) {
    try {
      share.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "a thread of the task failed: " + e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the task was cancelled", e);
    }
  }
}
