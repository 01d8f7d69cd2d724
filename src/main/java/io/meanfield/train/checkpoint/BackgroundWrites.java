package io.meanfield.train.checkpoint;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

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

  private Future<?> inFlight = NONE;

  /** Starts a write after the one before has ended; throws its failure if that one has failed. */
  void start(Runnable write) {
    await();
    inFlight = writer.submit(write);
  }

  /** Waits until the write in flight has ended; throws its failure, once. */
  void await() {
    try {
      inFlight.get();
      inFlight = NONE;
    } catch (ExecutionException e) {
      inFlight = NONE;
      throw unchecked(e.getCause());
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

  /** Throws the failure of the last write if it has failed by now. */
  void requireNoFailure() {
    if (inFlight.isDone()) {
      await();
    }
  }

  /**
   * Lets the write in flight end, and no other begin.
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
