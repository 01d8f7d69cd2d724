package io.meanfield.registry;

import java.util.Optional;

/**
 * A change of a model's champion.
 *
 * @param version the version that became champion
 * @param comparedWith the champion before the change, which a promotion was compared with
 */
public record Change(Kind kind, int version, Optional<Integer> comparedWith) {

  /** What is changed. */
  public enum Kind {
    /** A version became champion. */
    PROMOTION,
    /** An earlier champion became champion again. */
    ROLL_BACK
  }

  static Change promotion(int version, Optional<Integer> champion) {
    return new Change(Kind.PROMOTION, version, champion);
  }

  static Change rollBack(int version, Optional<Integer> champion) {
    return new Change(Kind.ROLL_BACK, version, champion);
  }

  /** The kind in words, such as "roll-back". */
  public String display() {
    return kind == Kind.PROMOTION ? "promotion" : "roll-back";
  }
}
