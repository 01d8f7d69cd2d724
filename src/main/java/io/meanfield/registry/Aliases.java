package io.meanfield.registry;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.Optional;
import java.util.regex.Pattern;

/** The aliases of a model at a moment of its history. */
record Aliases(String model, History history) {
  private static final Pattern VALID = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,99}");

  /** Throws unless a version can have this alias. */
  static void requireValid(String alias) {
    if (!VALID.matcher(alias).matches() || alias.equals(VersionReference.CHAMPION)) {
      throw new UserException(
          ErrorCode.WRONG_ARGUMENTS,
          "an alias must be 1 to 100 letters, digits, dots, dashes or underscores, start with a"
              + " letter and not be champion, found \""
              + alias
              + "\"");
    }
  }

  /**
   * Returns the version with this alias.
   *
   * @throws UserException if there is no such alias
   */
  int require(String alias) {
    return Optional.ofNullable(history.aliases().get(alias))
        .orElseThrow(
            () ->
                new UserException(
                    ErrorCode.MODEL_UNUSABLE,
                    model
                        + " has no alias \""
                        + alias
                        + "\"; the aliases are: "
                        + String.join(", ", history.aliases().keySet())));
  }
}
