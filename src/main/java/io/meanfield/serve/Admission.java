package io.meanfield.serve;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs requests on a fixed number of threads, and lets a bounded number of requests wait. Further
 * requests run at once on a thread of another pool, which answers that the server is too busy;
 * without an answer, their clients would wait for one.
 */
final class Admission implements Executor, AutoCloseable {
  private static final int REFUSING = 8;
  private static final ThreadLocal<Boolean> REFUSED = ThreadLocal.withInitial(() -> false);

  private final int places;
  private final Semaphore free;
  private final ExecutorService admitting;
  private final ExecutorService refusing;
  private volatile boolean isDraining;

  /**
   * Creates the threads.
   *
   * @param threads the number of requests that run at the same time
   * @param queue the number of requests that may wait
   */
  Admission(int threads, int queue) {
    this.places = Math.addExact(threads, queue);
    this.free = new Semaphore(places);
    this.admitting = Executors.newFixedThreadPool(threads, threads("meanfield-request-"));
    this.refusing = Executors.newFixedThreadPool(REFUSING, threads("meanfield-refusal-"));
  }

  private static ThreadFactory threads(String name) {
    AtomicInteger count = new AtomicInteger();
    return work -> {
      Thread thread = new Thread(work, name + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  @Override
  public void execute(Runnable request) {
    if (!isDraining && free.tryAcquire()) {
      admitting.execute(() -> admit(request));
    } else {
      refusing.execute(() -> refuse(request));
    }
  }

  private void admit(Runnable request) {
    try {
      request.run();
    } finally {
      free.release();
    }
  }

  private static void refuse(Runnable request) {
    REFUSED.set(true);
    request.run();
  }

  /** Returns whether the request of this thread must be refused. */
  static boolean isRefused() {
    return REFUSED.get();
  }

  /** Returns whether all requests are refused from now on. */
  boolean isDraining() {
    return isDraining;
  }

  /** Returns the number of requests that run or wait. */
  int inProgress() {
    return places - free.availablePermits();
  }

  /**
   * Refuses all requests from now on, and waits for those that run or wait.
   *
   * @return whether they have ended in time
   */
  boolean drain(Duration limit) {
    isDraining = true;
    try {
      return free.tryAcquire(places, limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    admitting.shutdownNow();
    refusing.shutdownNow();
  }
}
