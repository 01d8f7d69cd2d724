package io.meanfield.pipeline.train;

import io.meanfield.evaluate.baseline.BaselineScore;
import io.meanfield.evaluate.baseline.ShownMetrics;
import io.meanfield.pipeline.page.ShownMetric;
import io.meanfield.report.ReadableNumber;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Compares a network with its baselines in a line for a person. */
final class BaselineLine {
  // Of errors, whose size depends on the unit, R2 is the one that needs no other number beside it.
  private static final String WITHOUT_UNIT = "r2";
  private static final int DECIMALS = 3;

  private BaselineLine() {}

  /** Returns the line; empty without baselines. The first score is the network's. */
  static Optional<String> of(List<BaselineScore> scores) {
    if (scores.size() < 2) {
      return Optional.empty();
    }
    List<String> shown = ShownMetrics.of(scores.get(1).evaluation().values());
    if (shown.isEmpty()) {
      return Optional.empty();
    }
    String metric = shown.contains(WITHOUT_UNIT) ? WITHOUT_UNIT : shown.get(0);
    List<BaselineScore> baselines = scores.subList(1, scores.size());
    return Optional.of(
        String.format(
            Locale.ROOT,
            "baseline %s; this network %s (%s, same rows)",
            baselines.stream().map(score -> text(score, metric)).collect(Collectors.joining(", ")),
            value(scores.get(0), metric),
            words(metric)));
  }

  private static String text(BaselineScore score, String metric) {
    return score.name() + " " + value(score, metric);
  }

  private static String value(BaselineScore score, String metric) {
    return score
        .evaluation()
        .value(metric)
        .map(value -> ReadableNumber.rounded(value, DECIMALS))
        .orElse("none");
  }

  // Not every terminal has the sign of a square.
  private static String words(String metric) {
    return new ShownMetric(metric).words().replace("\u00b2", "2");
  }
}
