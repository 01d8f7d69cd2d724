package io.meanfield.promotion;

import java.util.Optional;

/**
 * The result of one part of the rule.
 *
 * @param rule the name of the part, such as {@code min-delta}
 * @param reason one clause that names what was found and what was required
 * @param pValue of the significance test; empty in other parts
 */
public record Verdict(String rule, boolean passed, String reason, Optional<Double> pValue) {
  /** Returns the result of a part without a test. */
  public static Verdict of(String rule, boolean passed, String reason) {
    return new Verdict(rule, passed, reason, Optional.empty());
  }
}
