package io.meanfield.store;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/** The name of a run, chosen by the user; it is a valid directory name on every file system. */
public record RunId(String value) {
  private static final Pattern VALID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  public RunId {
    if (!isValid(value)) {
      throw UserException.of(
          ErrorCode.WRONG_ARGUMENTS,
          "--run-id must be 1 to 100 letters, digits, dots, dashes or underscores and start with a"
              + " letter or digit, found \"%s\"",
          value);
    }
  }

  /** Returns an id of date, time and a random suffix, for a user who chose no name. */
  public static RunId fresh(Instant now) {
    int suffix = new SecureRandom().nextInt(1 << 16);
    return new RunId(
        TIMESTAMP.withZone(ZoneId.systemDefault()).format(now) + String.format("-%04x", suffix));
  }

  @Override
  public String toString() {
    return value;
  }

  /** Returns whether a name can be the id of a run. */
  public static boolean isValid(String value) {
    return VALID.matcher(value).matches();
  }
}
