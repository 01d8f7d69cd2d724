package io.meanfield.train.checkpoint;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Writes on a thread of its own, one write at a time and in order. One thread starts the writes and
 * waits for them; {@link #finish} may be called from another one. Driver only.
 */
final class BackgroundWrites implements AutoCloseable {
  private static final Future<?> NONE = CompletableFuture.completedFuture(true);

  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "meanfield-checkpoints");
            thread.setDaemon(true);
            return thread;
          });

  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private volatile boolean hasFailed;
  private Future<?> last = NONE;

  /** Writes after the writes before, unless one of them fails; throws a failure known by now. */
  void start(Runnable write) {
    throwFailure();
    last = writer.submit(() -> writeUnlessFailed(write));
  }

  private void writeUnlessFailed(Runnable write) {
    if (hasFailed) {
      return;
    }
    try {
      write.run();
    } catch (Throwable e) { // also an OutOfMemoryError
      hasFailed = true;
      failure.set(e);
    }
  }

  /** Throws the failure of a write that has failed by now, once. */
  void throwFailure() {
    Throwable found = failure.getAndSet(null);
    if (found != null) {
      throw unchecked(found);
    }
  }

  /** Waits until all writes have ended; throws a failure, once. */
  void await() {
    try {
      last.get();
      throwFailure();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e); // cannot be, because every failure is caught
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a checkpoint is written", e);
    }
  }

  // A Runnable declares no checked exception, but Spark and Hadoop throw some all the same.
  private static RuntimeException unchecked(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return failure instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException(failure);
  }

  /**
   * Lets the writes that were started end, and no other start.
   *
   * @param patience how long to wait at most
   */
  void finish(Duration patience) {
    writer.shutdown();
    try {
      writer.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Waits as {@link #await} does, and ends the thread. If the caller is interrupted, the write in
   * flight has twenty seconds to end.
   */
  @Override
  public void close() {
    try {
      await();
    } finally {
      writer.shutdown();
      if (Thread.interrupted()) {
        finish(Checkpoints.PATIENCE);
        Thread.currentThread().interrupt();
      }
    }
  }
}
