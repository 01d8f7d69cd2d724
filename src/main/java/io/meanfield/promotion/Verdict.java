package io.meanfield.promotion;

import java.util.Optional;

/**
 * The result of one part of the rule.
 *
 * @param rule the name of the part, such as {@code min-delta}
 * @param reason one clause that names what was found and what was required
 * @param value what was found; empty if it is no number
 * @param bound what the value is compared with
 */
public record Verdict(
    String rule, boolean passed, String reason, Optional<Double> value, Optional<Double> bound) {
  /** Returns the result of a part that compares no numbers. */
  public static Verdict of(String rule, boolean passed, String reason) {
    return new Verdict(rule, passed, reason, Optional.empty(), Optional.empty());
  }

  /** Returns the result of a part that compares a number with its bound. */
  static Verdict of(String rule, boolean passed, String reason, double value, double bound) {
    return new Verdict(rule, passed, reason, Optional.of(value), Optional.of(bound));
  }
}
