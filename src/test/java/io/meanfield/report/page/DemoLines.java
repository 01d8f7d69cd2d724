package io.meanfield.report.page;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** Lines over times, and points with their running mean. */
final class DemoLines {
  static final double[] VERSIONS = {1, 2, 1, 3, 3};
  private static final int EPISODES = 120;
  private static final int WINDOW = 20;

  private DemoLines() {}

  /** Returns a chart whose x are nights from 31 January 2026 on, at 03:12 UTC. */
  static LineChart overTime() {
    double[] nights =
        IntStream.rangeClosed(0, 4)
            .mapToObj(night -> Instant.parse("2026-01-31T03:12:45Z").plusSeconds(86_400L * night))
            .mapToDouble(Instant::toEpochMilli)
            .toArray();
    return new LineChart(
        "Champion by night",
        Axis.time("night"),
        Axis.linear("version"),
        List.of(new Series("champion", nights, VERSIONS, Series.Line.STEP)),
        List.of(new Marker(nights[2], "roll-back")));
  }

  /** Returns the episodes of two workers: points, each followed by the line of their means. */
  static LineChart points() {
    return new LineChart(
        "Return of the episodes",
        Axis.linear("step"),
        Axis.linear("return"),
        List.of(
            new Series("worker 0", steps(0), returns(0), Series.Line.NONE),
            new Series("worker 0, mean", steps(0), means(returns(0))),
            new Series("worker 1", steps(1), returns(1), Series.Line.NONE),
            new Series("worker 1, mean", steps(1), means(returns(1)))),
        List.of());
  }

  private static double[] steps(int worker) {
    return IntStream.range(0, EPISODES).mapToDouble(i -> 100.0 * i + 37 * worker).toArray();
  }

  private static double[] returns(int worker) {
    return IntStream.range(0, EPISODES)
        .mapToDouble(i -> 1.2 * i + 60 * Math.sin(i * (1.7 + worker)) + 80)
        .toArray();
  }

  private static double[] means(double[] values) {
    return IntStream.range(0, values.length)
        .mapToDouble(
            last ->
                IntStream.rangeClosed(Math.max(0, last + 1 - WINDOW), last)
                    .mapToDouble(i -> values[i])
                    .average()
                    .orElseThrow())
        .toArray();
  }
}
