package io.meanfield.promotion;

import io.meanfield.settings.Section;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The rule by which a challenger replaces the champion, with its settings.
 *
 * @param metric the metric by which the models are compared
 * @param minDelta the least improvement of the metric
 * @param maxDrop the largest fall of the recall of any class, each model at its own threshold
 * @param significance the largest p-value of an improvement that counts
 * @param floor the least good value of a first model; empty if not set
 * @param minCoverage the least share of the test examples that intervals or sets must contain;
 *     empty for any
 * @param maxDropBy by how much the error of the rows that share a value of a column may rise, as a
 *     fraction of the champion's; by column
 */
public record PromotionRule(
    PromotionMetric metric,
    double minDelta,
    double maxDrop,
    double significance,
    Optional<Double> floor,
    Optional<Double> minCoverage,
    Map<String, Double> maxDropBy) {
  private static final String MAX_DROP_BY = "max-drop-by";
  private static final String MIN_COVERAGE = "min-coverage";
  private static final double SMALLEST_SHOWN = 0.001;

  /** Reads the keys of the section {@code retrain}. */
  public static PromotionRule read(Section retrain) {
    return new PromotionRule(
        retrain.choice("metric", PromotionMetric.class),
        retrain.optionalNumber("min-delta", delta -> delta >= 0, "at least 0", 0),
        retrain.optionalNumber("max-drop", drop -> drop >= 0 && drop <= 1, "from 0 to 1", 1),
        retrain.optionalNumber(
            "significance", level -> level > 0 && level <= 1, "above 0 and at most 1", 1),
        retrain.isSet("floor")
            ? Optional.of(retrain.number("floor", Double::isFinite, "a number", 0))
            : Optional.empty(),
        retrain
            .numberOr("none", MIN_COVERAGE, share -> share > 0 && share < 1, "above 0 and below 1")
            .stream()
            .boxed()
            .findFirst(),
        maxDropBy(retrain.optionalSection(MAX_DROP_BY)));
  }

  private static Map<String, Double> maxDropBy(Section columns) {
    Map<String, Double> bounds = new TreeMap<>();
    for (String column : columns.names()) {
      bounds.put(column, columns.number(column, rise -> rise >= 0, "at least 0", 0));
    }
    return bounds;
  }

  /**
   * Decides about the first model, which has no champion to compare with.
   *
   * @throws java.util.NoSuchElementException if the floor is not set
   */
  public Decision first(ModelScore challenger) {
    double bound = floor.orElseThrow();
    boolean passed = metric.reaches(challenger.value(), bound);
    String reason =
        "%s of the first model is %s, %s retrain.floor of %s"
            .formatted(
                metric,
                metric.display(challenger.value()),
                passed ? "which reaches" : "which does not reach",
                metric.display(bound));
    List<Verdict> verdicts = new ArrayList<>();
    verdicts.add(Verdict.of("floor", passed, reason, challenger.value(), bound));
    coverage(challenger).ifPresent(verdicts::add);
    return new Decision(metric, Optional.empty(), Optional.of(challenger.value()), verdicts);
  }

  /** Decides about a challenger; both models were scored on the same examples. */
  public Decision compare(ModelScore champion, ModelScore challenger, SignificanceTest test) {
    List<Verdict> verdicts = new ArrayList<>();
    verdicts.add(improvement(champion.value(), challenger.value()));
    verdicts.add(significance(test));
    if (!challenger.recalls().isEmpty()) {
      verdicts.add(recalls(champion, challenger));
    }
    coverage(challenger).ifPresent(verdicts::add);
    maxDropBy.forEach((column, bound) -> verdicts.add(slices(column, bound, champion, challenger)));
    return new Decision(
        metric, Optional.of(champion.value()), Optional.of(challenger.value()), verdicts);
  }

  private Optional<Verdict> coverage(ModelScore challenger) {
    return minCoverage.map(
        bound -> {
          double found = challenger.coverage().orElse(0.0); // a model without intervals
          boolean passed = found >= bound;
          String reason =
              "the challenger's intervals contain %s of the test examples, %s retrain.min-coverage"
                  + " of %s";
          return Verdict.of(
              MIN_COVERAGE,
              passed,
              reason.formatted(
                  PromotionMetric.percent(found),
                  passed ? "which reaches" : "which does not reach",
                  PromotionMetric.percent(bound)),
              found,
              bound);
        });
  }

  // Rows that one of the models cannot read are in no slice of it.
  private static Verdict slices(
      String column, double bound, ModelScore champion, ModelScore challenger) {
    Map<String, Double> before = champion.errors().getOrDefault(column, Map.of());
    Map<String, Double> after = challenger.errors().getOrDefault(column, Map.of());
    Optional<String> worst =
        after.keySet().stream()
            .filter(before::containsKey)
            .sorted()
            .max(Comparator.comparingDouble(slice -> rise(before.get(slice), after.get(slice))));
    double rise = worst.map(slice -> rise(before.get(slice), after.get(slice))).orElse(0.0);
    String allowed = PromotionMetric.percent(bound);
    boolean passed = rise <= bound;
    String reason =
        passed
            ? "the error of no rows with the same %s rises by more than %s"
                .formatted(column, allowed)
            : String.format(
                Locale.ROOT,
                "the error of the rows with %s = %s rises from %.4f to %.4f, by more than"
                    + " retrain.max-drop-by allows, %s",
                column,
                worst.orElseThrow(),
                before.get(worst.orElseThrow()),
                after.get(worst.orElseThrow()),
                allowed);
    return Verdict.of(MAX_DROP_BY, passed, reason, rise, bound);
  }

  private static double rise(double before, double after) {
    return after == before ? 0 : after / before - 1; // infinite if there was no error
  }

  private Verdict improvement(double champion, double challenger) {
    double delta = metric.improvement(champion, challenger);
    String reason =
        "%s is %s, %s %s than the champion's %s (retrain.min-delta is %s)"
            .formatted(
                metric,
                metric.display(challenger),
                metric.displayDifference(Math.abs(delta)),
                delta < 0 ? "worse" : "better",
                metric.display(champion),
                metric.displayDifference(minDelta));
    return Verdict.of("min-delta", delta >= minDelta, reason, delta, minDelta);
  }

  private Verdict significance(SignificanceTest test) {
    double pValue = test.pValue();
    boolean passed = pValue <= significance;
    String reason =
        String.format(
            Locale.ROOT,
            "the difference %s be chance (%s by %s, retrain.significance is %s)",
            passed && significance < 1 ? "is too large to" : "may",
            display(pValue),
            test.name(),
            significance);
    return Verdict.of("significance", passed, reason, pValue, significance);
  }

  private static String display(double pValue) {
    return pValue < SMALLEST_SHOWN
        ? "p < " + SMALLEST_SHOWN
        : String.format(Locale.ROOT, "p = %.4f", pValue);
  }

  private Verdict recalls(ModelScore before, ModelScore after) {
    List<Double> champion = before.recalls();
    List<Double> challenger = after.recalls();
    int worst =
        IntStream.range(0, challenger.size())
            .boxed()
            .max(
                (a, b) ->
                    Double.compare(drop(champion, challenger, a), drop(champion, challenger, b)))
            .orElseThrow();
    double fall = drop(champion, challenger, worst);
    boolean passed = fall <= maxDrop;
    String reason =
        passed
            ? "no class's recall falls by more than " + PromotionMetric.points(maxDrop)
            : String.format(
                Locale.ROOT,
                "the recall of class %s falls from %s to %s, by more than retrain.max-drop allows,"
                    + " %s",
                worst,
                PromotionMetric.percent(champion.get(worst)),
                PromotionMetric.percent(challenger.get(worst)),
                PromotionMetric.points(maxDrop));
    return Verdict.of("max-drop", passed, reason + thresholds(before, after), fall, maxDrop);
  }

  // The recall depends on the threshold, and a new model may have been given another one.
  private static String thresholds(ModelScore champion, ModelScore challenger) {
    return champion.threshold().isEmpty() || challenger.threshold().isEmpty()
        ? ""
        : ", each model at its own threshold, %s and %s"
            .formatted(champion.threshold().get(), challenger.threshold().get());
  }

  private static double drop(List<Double> champion, List<Double> challenger, int cls) {
    return champion.get(cls) - challenger.get(cls);
  }
}
