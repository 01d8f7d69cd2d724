package io.meanfield.registry;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of a model as a user names it: {@code mnist@champion} or {@code mnist@3}.
 *
 * @param number of the version; empty for the champion
 */
public record VersionReference(String model, Optional<Integer> number) {
  private static final String CHAMPION = "champion";
  private static final Pattern REFERENCE =
      Pattern.compile("([^@]+)@(?:([1-9][0-9]{0,8})|" + CHAMPION + ")");

  /** Returns the reference to a version by its number. */
  public static VersionReference of(String model, int version) {
    return new VersionReference(model, Optional.of(version));
  }

  /** Returns whether a text names a version, instead of a run or a file. */
  public static boolean matches(String text) {
    return text.contains("@") && !text.contains("/");
  }

  /**
   * Parses a reference.
   *
   * @throws UserException if the text does not name a version
   */
  public static VersionReference parse(String text) {
    Matcher reference = REFERENCE.matcher(text);
    if (!reference.matches()) {
      throw UserException.of(
          ErrorCode.WRONG_ARGUMENTS,
          "a version of a model is written as NAME@champion or NAME@3, found \"%s\"",
          text);
    }
    return new VersionReference(
        reference.group(1), Optional.ofNullable(reference.group(2)).map(Integer::valueOf));
  }

  @Override
  public String toString() {
    return model + "@" + number.map(String::valueOf).orElse(CHAMPION);
  }
}
