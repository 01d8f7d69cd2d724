package io.meanfield.cli.command;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.spark.util.SignalUtils;

/**
 * Ends a command that has no end of its own, such as a server, with exit code 0 after Ctrl-C or
 * kill. A second signal ends the process at once.
 */
public final class StopSignal {
  private static final List<String> NAMES = List.of("INT", "TERM");

  private final CountDownLatch received = new CountDownLatch(1);

  private StopSignal() {}

  /** Takes the signals from now on. */
  public static StopSignal install() {
    StopSignal signal = new StopSignal();
    NAMES.forEach(name -> SignalUtils.register(name, signal::receive));
    return signal;
  }

  /** Returns false if the signal should have its default effect. */
  private boolean receive() {
    boolean isFirst = received.getCount() > 0;
    received.countDown();
    return isFirst;
  }

  /** Waits for a signal. */
  public void await() {
    try {
      received.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserException(ErrorCode.INTERRUPTED, "interrupted while serving", e);
    }
  }
}
