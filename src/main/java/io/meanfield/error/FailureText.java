package io.meanfield.error;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The causes of a failure. An exception of a task may reach the driver only as a part of the
 * message of Spark's exception, so messages are searched, too.
 */
record FailureText(List<Throwable> chain) {
  // A chain of causes may be a circle.
  private static final int LONGEST_CHAIN = 100;
  private static final int LONGEST_REASON = 200;
  // The innermost exception of a printed stack trace.
  private static final Pattern CAUSED_BY =
      Pattern.compile("^Caused by: [\\w.$]+(?:: ([^\\n]*))?", Pattern.MULTILINE);

  // Such as org.apache.parquet.format.PageHeader$PageHeaderStandardScheme@36c9d972, and what may
  // stand before it.
  private static final Pattern CLASS =
      Pattern.compile(
          "(?: ?(?:Struct|class|at))?[: ]*(?:[a-z]\\w*\\.){2,}[A-Z][\\w$]*(?:@\\w+)?|\\p{Cntrl}");

  static FailureText of(Throwable failure) {
    List<Throwable> chain = new ArrayList<>();
    for (Throwable cause = failure;
        cause != null && chain.size() < LONGEST_CHAIN;
        cause = cause.getCause()) {
      chain.add(cause);
    }
    return new FailureText(List.copyOf(chain));
  }

  /** Returns the innermost cause of a type; empty if there is none. */
  <T extends Throwable> Optional<T> cause(Class<T> type) {
    return chain.stream().filter(type::isInstance).map(type::cast).reduce((outer, inner) -> inner);
  }

  /** Returns the first match in the messages, from the outermost to the innermost. */
  Optional<Matcher> find(Pattern pattern) {
    return chain.stream()
        .map(cause -> pattern.matcher(String.valueOf(cause.getMessage())))
        .filter(Matcher::find)
        .findFirst();
  }

  /**
   * Returns the first line of the innermost cause's message without names of classes, or the words
   * of its name.
   */
  String reason() {
    Throwable innermost = chain.get(chain.size() - 1);
    String message = String.valueOf(innermost.getMessage());
    Matcher printed = CAUSED_BY.matcher(message);
    String reason = message;
    while (printed.find()) {
      reason = String.valueOf(printed.group(1));
    }
    String plain = CLASS.matcher(shortened(reason)).replaceAll("").strip();
    return reason.equals("null") || plain.isEmpty() ? words(innermost) : plain;
  }

  /** Returns the name and the first line of the message of an exception. */
  static String line(Throwable cause) {
    return shortened(cause.toString());
  }

  private static String shortened(String reason) {
    String line = reason.lines().filter(each -> !each.isBlank()).findFirst().orElse("").strip();
    return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + " …";
  }

  // EOFException becomes "eof", NegativeArraySizeException "negative array size".
  static String words(Throwable cause) {
    return cause
        .getClass()
        .getSimpleName()
        .replaceAll("(Exception|Error)$", "")
        .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
        .toLowerCase(Locale.ROOT);
  }
}
