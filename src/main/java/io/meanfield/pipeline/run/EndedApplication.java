package io.meanfield.pipeline.run;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerApplicationEnd;

/**
 * Interrupts the work of a command or a fit that does not notice that Spark has ended the
 * application.
 *
 * <p>Spark 3.5.9 waits without end for a lock that the same thread holds, if the application is
 * stopped while that thread writes a broadcast (BlockInfoManager.acquireLock, called by
 * TorrentBroadcast).
 */
public final class EndedApplication extends SparkListener implements AutoCloseable {
  /** The time in which work on a stopped SparkContext usually fails. */
  public static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Thread worker;
  private final Duration patience;
  private final CountDownLatch done = new CountDownLatch(1);

  /**
   * Watches the calling thread until {@link #close} is called.
   *
   * @param patience the time from the end of the application to the interrupt
   */
  public EndedApplication(Duration patience) {
    this.worker = Thread.currentThread();
    this.patience = patience;
  }

  @Override
  public void onApplicationEnd(SparkListenerApplicationEnd end) {
    startWaiting();
  }

  /** Starts a thread that waits, because SparkContext.stop waits for its listeners. */
  void startWaiting() {
    Thread watch = new Thread(this::interruptUnlessDone, "end-of-application");
    watch.setDaemon(true);
    watch.start();
  }

  private void interruptUnlessDone() {
    try {
      if (!done.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        worker.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    done.countDown();
  }
}
