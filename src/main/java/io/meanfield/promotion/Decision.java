package io.meanfield.promotion;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The decision about one challenger.
 *
 * @param champion the champion's value of the metric; empty for the first model
 * @param challenger the challenger's value; empty if none was trained
 * @param verdicts the results of all parts of the rule
 */
public record Decision(
    PromotionMetric metric,
    Optional<Double> champion,
    Optional<Double> challenger,
    List<Verdict> verdicts) {
  public Decision {
    verdicts = List.copyOf(verdicts);
  }

  /** Returns the decision of a run that trained no challenger. */
  public static Decision withoutChallenger(PromotionMetric metric, Verdict reason) {
    return new Decision(metric, Optional.empty(), Optional.empty(), List.of(reason));
  }

  /** Returns the same decision with another verdict. */
  public Decision with(Verdict verdict) {
    return new Decision(
        metric,
        champion,
        challenger,
        Stream.concat(verdicts.stream(), Stream.of(verdict)).toList());
  }

  /** Returns whether the challenger replaces the champion. */
  public boolean isPromotion() {
    return verdicts.stream().allMatch(Verdict::passed);
  }

  /**
   * Returns the reasons in one sentence: all of a promotion, else what was found and what prevented
   * the promotion.
   */
  public String reasons() {
    String failed = join(verdict -> !verdict.passed());
    if (isPromotion()) {
      return join(Verdict::passed);
    }
    Verdict first = verdicts.get(0);
    return first.passed() ? first.reason() + ", but " + failed : failed;
  }

  private String join(Predicate<Verdict> selected) {
    return verdicts.stream()
        .filter(selected)
        .map(Verdict::reason)
        .collect(Collectors.joining("; "));
  }
}
