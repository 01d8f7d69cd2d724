package io.meanfield.cli;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/** The time since this process began. */
final class ProcessClock {
  private ProcessClock() {}

  /** Returns when Java began in this process, on the clock of {@link System#nanoTime}. */
  static long beganNanos() {
    long now = System.nanoTime();
    return now - Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime()).toNanos();
  }
}
