package io.meanfield.fuzz;

import io.meanfield.error.ErrorCode;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What is required of the message that refuses a file. */
final class Refusal {
  private static final Set<ErrorCode> CODES =
      EnumSet.of(
          ErrorCode.WRONG_SETTINGS,
          ErrorCode.WRONG_ARGUMENTS,
          ErrorCode.MODEL_UNUSABLE,
          ErrorCode.MODEL_UNREADABLE,
          ErrorCode.DATA_UNREADABLE,
          ErrorCode.STORE_UNREADABLE);
  private static final int MAX_LENGTH = 2_000;
  private static final Pattern CLASS_NAME =
      Pattern.compile("\\b(?:java|javax|jdk|sun|scala|org|com|io|it)\\.[a-z]\\w*[.$][\\w.$]+");
  private static final Pattern EXCEPTION = Pattern.compile("\\b\\w*(?:Exception|Error)\\b");
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}&&[^\n]]");
  private static final Pattern NO_REASON = Pattern.compile(": (?:null)?$");

  private Refusal() {}

  /**
   * Returns what is wrong with a refusal; empty if nothing is.
   *
   * @param file the name of the file, which the message must contain
   * @param lines whether the message may have several lines, one for each problem
   */
  static Optional<String> problem(ErrorCode code, String message, String file, boolean lines) {
    if (!CODES.contains(code)) {
      return Optional.of("the error code is " + code);
    }
    if (message.lines().anyMatch(line -> line.length() > MAX_LENGTH)) {
      return Optional.of("the message has a line of more than " + MAX_LENGTH + " characters");
    }
    if (!message.contains(file)) {
      return Optional.of("the message does not name " + file);
    }
    if (!lines && message.contains("\n")) {
      return Optional.of("the message has several lines");
    }
    return found("a class name", CLASS_NAME, message)
        .or(() -> found("the name of an exception", EXCEPTION, message))
        .or(() -> found("a control character", CONTROL, message))
        .or(() -> found("no reason", NO_REASON, message));
  }

  private static Optional<String> found(String what, Pattern pattern, String message) {
    return pattern.matcher(message).find()
        ? Optional.of("the message has " + what)
        : Optional.empty();
  }
}
