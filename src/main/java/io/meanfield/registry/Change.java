package io.meanfield.registry;

import java.util.List;
import java.util.Optional;

/**
 * A change of a model's champion, aliases or versions.
 *
 * @param versions the version that became champion or got the alias, or all versions that were
 *     pruned; empty for the removal of an alias
 * @param comparedWith the champion before the change, which a promotion was compared with
 */
public record Change(
    Kind kind, List<Integer> versions, Optional<String> alias, Optional<Integer> comparedWith) {

  /** What is changed. */
  public enum Kind {
    /** A version became champion. */
    PROMOTION,
    /** An earlier champion became champion again. */
    ROLL_BACK,
    /** A version got an alias, which another may have had. */
    ALIAS,
    /** An alias was removed. */
    ALIAS_REMOVAL,
    /** Versions were deleted. */
    PRUNING
  }

  public Change {
    versions = List.copyOf(versions);
  }

  static Change promotion(int version, Optional<Integer> champion) {
    return new Change(Kind.PROMOTION, List.of(version), Optional.empty(), champion);
  }

  static Change rollBack(int version, Optional<Integer> champion) {
    return new Change(Kind.ROLL_BACK, List.of(version), Optional.empty(), champion);
  }

  static Change alias(String alias, int version) {
    return new Change(Kind.ALIAS, List.of(version), Optional.of(alias), Optional.empty());
  }

  static Change aliasRemoval(String alias) {
    return new Change(Kind.ALIAS_REMOVAL, List.of(), Optional.of(alias), Optional.empty());
  }

  static Change pruning(List<Integer> versions) {
    return new Change(Kind.PRUNING, versions, Optional.empty(), Optional.empty());
  }

  /** The kind in words, such as "roll-back". */
  public String display() {
    return switch (kind) {
      case PROMOTION -> "promotion";
      case ROLL_BACK -> "roll-back";
      case ALIAS -> "alias " + alias.orElseThrow();
      case ALIAS_REMOVAL -> "no alias " + alias.orElseThrow();
      case PRUNING -> "pruning";
    };
  }

  /** Returns whether both changes have the same effect; the champions before them may differ. */
  boolean repeats(Change other) {
    return kind == other.kind && versions.equals(other.versions) && alias.equals(other.alias);
  }
}
