package io.meanfield.cli.command;

import io.meanfield.evaluate.metric.Metrics;
import io.meanfield.pipeline.housekeeping.RunMetric;
import io.meanfield.pipeline.housekeeping.RunSummary;
import io.meanfield.store.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes times, sizes and states of runs for people. */
public final class RunText {
  private static final List<String> SIZES = List.of("B", "KiB", "MiB", "GiB", "TiB", "PiB");

  /** The description of a parameter that names a run. */
  public static final String RUN =
      "The id of a run in run.directory, or the path of its directory on any file system.";

  private RunText() {}

  /** Returns a state, and of a run without an end the process that began it. */
  public static String state(RunSummary run) {
    String state = run.state().name().toLowerCase(Locale.ROOT);
    return state
        + run.holder().map(holder -> ", " + holder + (holder.alive() ? "" : " is dead")).orElse("");
  }

  /** Returns the exit code with the error code, if there is one: "1 (store_unwritable)". */
  public static Optional<String> exit(Status status) {
    return status
        .exitCode()
        .map(
            exit ->
                exit
                    + status
                        .errorCode()
                        .map(error -> " (" + error.name().toLowerCase(Locale.ROOT) + ")")
                        .orElse(""));
  }

  /** Returns a size with at least two digits, such as "1.5 MiB". */
  public static String size(long bytes) {
    double size = bytes;
    int unit = 0;
    while (size >= 1024 && unit < SIZES.size() - 1) {
      size /= 1024;
      unit++;
    }
    return String.format(
        Locale.ROOT, unit == 0 || size >= 100 ? "%.0f %s" : "%.1f %s", size, SIZES.get(unit));
  }

  /** Returns a duration in its two largest units, such as "2 d 5 h". */
  public static String duration(Duration duration) {
    if (duration.toDays() > 0) {
      return units(duration.toDays(), "d", duration.toHoursPart(), "h");
    }
    if (duration.toHours() > 0) {
      return units(duration.toHours(), "h", duration.toMinutesPart(), "min");
    }
    return duration.toMinutes() > 0
        ? units(duration.toMinutes(), "min", duration.toSecondsPart(), "s")
        : duration.toSecondsPart() + " s";
  }

  private static String units(long large, String name, int small, String smallName) {
    return large + " " + name + (small == 0 ? "" : " " + small + " " + smallName);
  }

  /** Returns a time to the second, in UTC. */
  public static String time(Instant instant) {
    return instant.toString().substring(0, 19) + "Z";
  }

  /** Returns an accuracy as a percentage, and every other metric with its name. */
  public static String metric(RunMetric metric) {
    return Metrics.isShare(metric.name())
        ? accuracy(metric.value())
        : String.format(Locale.ROOT, "%s %.4f", metric.name(), metric.value());
  }

  private static String accuracy(double accuracy) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * accuracy);
  }
}
