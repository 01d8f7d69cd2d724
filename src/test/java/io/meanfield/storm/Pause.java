package io.meanfield.storm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * SIGSTOP of the driver, and SIGCONT after a process of another container has taken the run over
 * and completed it. The paused process may change nothing then.
 *
 * @param moment the time after the start, as part of an undisturbed run
 */
record Pause(double moment) implements Disturbance {
  @Override
  public String kind() {
    return "pause";
  }

  @Override
  public void disturb(Attempts attempts) throws IOException, InterruptedException {
    StormProcess paused = attempts.start();
    if (!attempts.await(paused, moment)) {
      paused.finish(List.of(0));
      attempts.missed("pause");
      return;
    }
    paused.signal("STOP");
    boolean held = isHeld(attempts);
    double seconds = paused.elapsed().toMillis() / 1_000.0;
    attempts.startInContainer().finish(List.of(0));
    Map<Path, String> before = contents(attempts.site());
    paused.signal("CONT");
    int code = paused.finish(held ? List.of(Attempts.BUSY) : List.of(0, Attempts.BUSY));
    if (!contents(attempts.site()).equals(before)) {
      throw new Violation("the paused process has changed files after its run was taken over");
    }
    attempts.hit(String.format(Locale.ROOT, "pause@%.1fs, then exit code %d", seconds, code));
  }

  /** Returns whether the paused process holds the lease and has not finished the run. */
  private static boolean isHeld(Attempts attempts) throws IOException {
    Path run = attempts.site().run(attempts.run());
    Path status = run.resolve("status.json");
    return Files.exists(run.resolve("lease/000001.json"))
        && !(Files.exists(status) && Files.readString(status).contains("\"succeeded\""));
  }

  private static Map<Path, String> contents(Site site) throws IOException {
    Map<Path, String> contents = new TreeMap<>();
    for (Path path : site.results()) {
      contents.put(path, EndState.sha256(Files.readAllBytes(path)));
    }
    return contents;
  }
}
