package io.meanfield.pipeline.run;

import io.meanfield.train.history.TimeBreakdown;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The elapsed time of a command that trains, divided into its parts.
 *
 * @param beganNanos when the command began, on the clock of {@link System#nanoTime}
 * @param starting from there until the data were opened
 * @param loading until training began: the data, and the checkpoint of a continued run
 * @param training rounds, and validation
 * @param checkpoints for how long training has waited for checkpoints
 * @param writing model and tables
 * @param inspecting for the page of the run: scores, examples and columns
 */
public record TimeLine(
    long beganNanos,
    Duration starting,
    Duration loading,
    TimeBreakdown training,
    Duration checkpoints,
    Duration writing,
    Duration inspecting) {
  private static final String OTHER = "other";

  /**
   * Returns the parts by name, in the order of the run. Their sum is the time from the beginning of
   * the command until now: the last one is the remainder.
   *
   * @param nowNanos on the clock of {@link System#nanoTime}
   */
  public Map<String, Duration> parts(long nowNanos) {
    Map<String, Duration> parts = new LinkedHashMap<>();
    parts.put("starting", starting);
    parts.put("loading", loading);
    parts.put("computing", training.computing());
    parts.put("synchronising", training.synchronising());
    parts.put("validating", training.validating());
    parts.put("checkpoints", checkpoints);
    parts.put("writing", writing);
    parts.put("inspecting", inspecting);
    parts.put(
        OTHER,
        parts.values().stream().reduce(Duration.ofNanos(nowNanos - beganNanos), Duration::minus));
    return parts;
  }

  /**
   * Returns the parts in one line.
   *
   * @param nowNanos on the clock of {@link System#nanoTime}
   */
  public String line(long nowNanos) {
    return "time     %s: %s"
        .formatted(
            text(Duration.ofNanos(nowNanos - beganNanos)),
            parts(nowNanos).entrySet().stream()
                .map(part -> part.getKey() + " " + text(part.getValue()))
                .collect(Collectors.joining(", ")));
  }

  private static String text(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toNanos() / 1e9);
  }
}
