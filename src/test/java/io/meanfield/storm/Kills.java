package io.meanfield.storm;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * SIGKILL of driver, executor or both. After each one of a driver the command starts again.
 *
 * @param strikes one after the other
 */
record Kills(List<Strike> strikes) implements Disturbance {
  /** The processes that are killed. */
  enum Victim {
    DRIVER,
    EXECUTOR,
    BOTH;

    boolean includesDriver() {
      return this != EXECUTOR;
    }

    boolean includesExecutor() {
      return this != DRIVER;
    }
  }

  /**
   * One SIGKILL.
   *
   * @param moment the time after the start of the process, as part of an undisturbed run
   */
  record Strike(double moment, Victim victim) {}

  @Override
  public String kind() {
    return "kills";
  }

  @Override
  public void disturb(Attempts attempts) throws IOException, InterruptedException {
    StormProcess process = attempts.start();
    for (Strike strike : strikes) {
      if (!process.isAlive()) {
        process.finish(List.of(0, StormProcess.killed()));
        process = attempts.start();
      }
      attempts.note(strike(attempts, process, strike));
    }
    process.finish(List.of(0, StormProcess.killed()));
  }

  /** Returns what was killed, and when. */
  private static String strike(Attempts attempts, StormProcess process, Strike strike)
      throws InterruptedException {
    if (!process.awaitMoment(attempts.moment(strike.moment()))) {
      return "missed";
    }
    List<ProcessHandle> executors =
        strike.victim().includesExecutor() ? process.awaitExecutors() : process.executors();
    if (!process.isAlive()) {
      return "missed";
    }
    if (strike.victim().includesDriver()) {
      process.kill();
    }
    if (strike.victim().includesExecutor()) {
      executors.forEach(ProcessHandle::destroyForcibly);
    }
    String done =
        String.format(
            Locale.ROOT,
            "%s@%.1fs",
            strike.victim().name().toLowerCase(Locale.ROOT),
            process.elapsed().toMillis() / 1_000.0);
    if (strike.victim().includesDriver()) {
      process.finish();
      StormProcess.awaitEnd(executors);
    }
    return done;
  }
}
