package io.meanfield.registry;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * A version of a model as a user names it: {@code mnist@champion}, {@code mnist@3}, or {@code
 * mnist@shadow} with an alias.
 *
 * @param selector the number of the version, {@value #CHAMPION}, or an alias
 */
public record VersionReference(String model, String selector) {
  /** The selector of the version that is in use. */
  public static final String CHAMPION = "champion";

  private static final String SEPARATOR = "@";
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");
  private static final Pattern ALIAS = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,99}");

  /** Returns the reference to a version by its number. */
  public static VersionReference of(String model, int version) {
    return new VersionReference(model, String.valueOf(version));
  }

  /** Returns whether a text names a version, instead of a run or a file. */
  public static boolean matches(String text) {
    return text.contains(SEPARATOR) && !text.contains("/");
  }

  /**
   * Parses a reference.
   *
   * @throws UserException if the text is not a name, {@code @} and a selector
   */
  public static VersionReference parse(String text) {
    int at = text.indexOf(SEPARATOR);
    if (at <= 0 || at == text.length() - 1 || text.indexOf(SEPARATOR, at + 1) > 0) {
      throw new UserException(
          ErrorCode.WRONG_ARGUMENTS,
          "a version of a model is written as NAME@champion, NAME@3 or NAME@ALIAS, found \""
              + text
              + "\"");
    }
    return new VersionReference(text.substring(0, at), text.substring(at + 1));
  }

  /** Throws unless a version can have this alias. */
  static void requireValidAlias(String alias) {
    if (!ALIAS.matcher(alias).matches() || alias.equals(CHAMPION)) {
      throw new UserException(
          ErrorCode.WRONG_ARGUMENTS,
          "an alias must be 1 to 100 letters, digits, dots, dashes or underscores, start with a"
              + " letter and not be champion, found \""
              + alias
              + "\"");
    }
  }

  /** Returns the number of the version; empty if the selector is an alias. */
  OptionalInt number() {
    return NUMBER.matcher(selector).matches()
        ? OptionalInt.of(Integer.parseInt(selector))
        : OptionalInt.empty();
  }

  @Override
  public String toString() {
    return model + SEPARATOR + selector;
  }
}
