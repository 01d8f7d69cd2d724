package io.meanfield.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.time.Duration;

/** The output of a command that another thread waits for. */
public final class AwaitedOutput extends StringWriter {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Override
  public void flush() {
    synchronized (this) {
      notifyAll();
    }
  }

  /** Waits until the command has printed a text. */
  public synchronized void await(String text) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!toString().contains(text)) {
      long millis = (end - System.nanoTime()) / 1_000_000;
      assertThat(millis).as("printed until now: " + this).isPositive();
      wait(millis);
    }
  }
}
