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
      strike(attempts, process, strike);
    }
    process.finish(List.of(0, StormProcess.killed()));
  }

  private static void strike(Attempts attempts, StormProcess process, Strike strike)
      throws IOException, InterruptedException {
    boolean isAlive = attempts.await(process, strike.moment());
    List<ProcessHandle> executors =
        strike.victim().includesExecutor() ? process.awaitExecutors() : process.executors();
    String done =
        String.format(
            Locale.ROOT,
            "%s@%.1fs",
            strike.victim().name().toLowerCase(Locale.ROOT),
            process.elapsed().toMillis() / 1_000.0);
    if (isAlive && kill(process, executors, strike.victim())) {
      attempts.hit(done);
    } else {
      attempts.missed(done);
    }
  }

  /** Returns whether SIGKILL has ended each victim, none of which has ended by itself before. */
  private static boolean kill(StormProcess process, List<ProcessHandle> executors, Victim victim)
      throws InterruptedException {
    boolean hit = process.isAlive();
    if (victim.includesDriver()) {
      process.kill();
    }
    if (victim.includesExecutor()) {
      List<Boolean> killed = executors.stream().map(ProcessHandle::destroyForcibly).toList();
      hit &= !killed.isEmpty() && !killed.contains(false);
      StormProcess.awaitEnd(executors);
    }
    if (victim.includesDriver()) {
      hit &= process.finish() == StormProcess.killed();
      StormProcess.awaitEnd(executors);
    }
    return hit;
  }
}
