package io.meanfield.pipeline.page;

import io.meanfield.registry.Cause;
import io.meanfield.registry.Change;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What changed in the history of a model, and why, as sentences. */
final class ChangeText {
  private static final Pattern WORD_FIRST =
      Pattern.compile("\\p{Ll}+([\\s,.;:!?].*)?", Pattern.DOTALL);
  private static final Pattern ENDED = Pattern.compile(".*[.!?]", Pattern.DOTALL);

  private ChangeText() {}

  /** Returns a sentence such as "Version 2 replaced version 1." */
  static String of(Change change) {
    return switch (change.kind()) {
      case PROMOTION -> promotion(change);
      case ROLL_BACK -> rollBack(change);
      case ALIAS -> capital(version(change)) + " got the alias " + alias(change) + ".";
      case ALIAS_REMOVAL -> "The alias " + alias(change) + " was removed.";
      case PRUNING -> pruning(change.versions());
    };
  }

  private static String promotion(Change change) {
    return capital(version(change))
        + change
            .comparedWith()
            .map(before -> " replaced version " + before + ".")
            .orElse(" became the first champion.");
  }

  private static String rollBack(Change change) {
    return "Roll-back"
        + change.comparedWith().map(before -> " from version " + before).orElse("")
        + " to "
        + version(change)
        + ".";
  }

  private static String pruning(List<Integer> versions) {
    String numbers = versions.stream().map(String::valueOf).collect(Collectors.joining(", "));
    return switch (versions.size()) {
      case 0 -> "No version was deleted.";
      case 1 -> "Version " + numbers + " was deleted.";
      default -> "Versions " + numbers + " were deleted.";
    };
  }

  private static String version(Change change) {
    return "version " + change.versions().get(0);
  }

  private static String alias(Change change) {
    return change.alias().orElseThrow();
  }

  /**
   * Returns the reason as a sentence: with a capital letter, unless its first word is a name such
   * as mnist@2, and a full stop.
   */
  static String reason(Cause cause) {
    String reason = cause.reason().strip();
    String begun = WORD_FIRST.matcher(reason).matches() ? capital(reason) : reason;
    return ENDED.matcher(begun).matches() ? begun : begun + ".";
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}
