package io.meanfield.store;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The changes of files that the holder of a lease is making, on any number of threads. A change
 * that never ends, because the file system does not answer, keeps no other one from being made.
 */
final class ChangesInFlight {
  private int count;
  private boolean isClosed;
  private boolean isLeft;

  /** Begins a change, unless no change may begin any more; returns whether it has begun. */
  synchronized boolean begin() {
    if (!isClosed) {
      count++;
    }
    return !isClosed;
  }

  /**
   * Ends a change that has begun.
   *
   * @return whether it is the last one, and {@link #awaitEnd} did not wait for it
   */
  synchronized boolean end() {
    count--;
    notifyAll();
    return count == 0 && isLeft;
  }

  /** Lets no change begin any more; returns whether this is the first call. */
  synchronized boolean close() {
    boolean isFirst = !isClosed;
    isClosed = true;
    return isFirst;
  }

  synchronized boolean isClosed() {
    return isClosed;
  }

  /**
   * Waits until every change has ended, some time at most.
   *
   * @return whether every change has ended; if not, {@link #end} returns true for the last one
   */
  synchronized boolean awaitEnd(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      for (long left = patience.toNanos();
          count > 0 && left > 0;
          left = deadline - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    isLeft = count > 0;
    return !isLeft;
  }
}
