package io.meanfield.cli;

import java.util.List;
import java.util.Locale;

/**
 * The progress of an epoch.
 *
 * @param epoch from 1
 * @param rounds the number of rounds in the epoch
 * @param done the number of rounds that have ended
 * @param examples the number of examples trained in those rounds
 * @param beganNanos the clock when the epoch began
 * @param roundNanos the clock when the last round ended
 */
record EpochProgress(
    int epoch, int epochs, int rounds, int done, long examples, long beganNanos, long roundNanos) {
  static EpochProgress begin(int epoch, int epochs, int rounds, long nanos) {
    return new EpochProgress(epoch, epochs, rounds, 0, 0, nanos, nanos);
  }

  EpochProgress roundEnded(long examplesOfRound, long nanos) {
    return new EpochProgress(
        epoch, epochs, rounds, done + 1, examples + examplesOfRound, beganNanos, nanos);
  }

  /**
   * Returns epoch, bar, rounds, elapsed time and examples per second. Leaves out the bar and the
   * last of the other parts if the width is too small.
   */
  String line(int width, String elapsed) {
    StringBuilder rest = new StringBuilder();
    String head = String.format(Locale.ROOT, "epoch %3d/%d", epoch, epochs);
    for (String part : List.of(activity(), elapsed, speed())) {
      if (head.length() + rest.length() + 2 + part.length() > width || part.isEmpty()) {
        break;
      }
      rest.append("  ").append(part);
    }
    return head + ProgressBar.text(done, rounds, width - head.length() - rest.length()) + rest;
  }

  private String activity() {
    int digits = Integer.toString(rounds).length();
    return done == rounds
        ? "validating"
        : String.format(Locale.ROOT, "%" + digits + "d/%d rounds", done, rounds);
  }

  private String speed() {
    double seconds = (roundNanos - beganNanos) / 1e9;
    return done == 0 || done == rounds
        ? ""
        : String.format(Locale.ROOT, "%,d examples/s", Math.round(examples / seconds));
  }
}
