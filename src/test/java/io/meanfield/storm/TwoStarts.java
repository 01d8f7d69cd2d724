package io.meanfield.storm;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * Two processes of one command at once: one does the work, and the other one finds the run busy or
 * finished.
 *
 * @param delay between the two starts, as part of an undisturbed run
 */
record TwoStarts(double delay) implements Disturbance {
  @Override
  public String kind() {
    return "two starts";
  }

  @Override
  public void disturb(Attempts attempts) throws IOException, InterruptedException {
    StormProcess first = attempts.start();
    boolean overlaps = attempts.await(first, delay);
    StormProcess second = attempts.start();
    double seconds = first.elapsed().toMillis() / 1_000.0;
    List<Integer> allowed = List.of(0, Attempts.BUSY);
    int firstCode = first.finish(allowed);
    int secondCode = second.finish(allowed);
    if (firstCode == Attempts.BUSY && secondCode == Attempts.BUSY) {
      throw new Violation("both processes found the run busy");
    }
    if (overlaps) {
      attempts.hit(
          String.format(
              Locale.ROOT, "start@%.1fs: exit codes %d and %d", seconds, firstCode, secondCode));
    } else {
      attempts.missed("start");
    }
  }
}
