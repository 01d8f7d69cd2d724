package io.meanfield.settings;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Bounds the size, the depth and the substitutions of HOCON before it is parsed, because the parser
 * calls itself for each level and would end with a StackOverflowError. Skips strings and comments.
 */
final class HoconBounds {
  static final int MAX_CHARACTERS = SettingsFile.MAX_BYTES;

  /** The largest depth; a key such as {@code train.epochs} has two levels. */
  static final int MAX_DEPTH = 100;

  private static final String INCLUDE = "include";
  private static final String TRIPLE = "\"\"\"";

  private final String text;
  private final String origin;
  private final int levelsAround;
  private final Deque<Level> open = new ArrayDeque<>();
  private int depth;
  private int dots; // of the key, and of the value that follows it
  private boolean keyMayEnd;
  private int substitutions;
  private int deepestInclude;
  private int at;

  /** The position of an open bracket. */
  private record Level(int depth, int dots) {}

  private HoconBounds(String text, String origin, int levelsAround) {
    this.text = text;
    this.origin = origin;
    this.levelsAround = levelsAround;
    this.deepestInclude = levelsAround;
  }

  /**
   * Checks a text, which need not be valid HOCON.
   *
   * @param origin the location of the text, for messages
   * @param levelsAround the number of levels around its include in another file; 0 if none includes
   *     it
   * @return the number of levels around the deepest include of the text, those around the text too
   * @throws UserException if it exceeds a bound
   */
  static int require(String text, String origin, int levelsAround) {
    if (text.length() > MAX_CHARACTERS) {
      throw new UserException(
          ErrorCode.WRONG_SETTINGS,
          origin + " must have at most " + MAX_CHARACTERS + " characters, found " + text.length());
    }
    HoconBounds bounds = new HoconBounds(text, origin, levelsAround);
    bounds.scan();
    return bounds.deepestInclude;
  }

  private void scan() {
    while (at < text.length()) {
      char next = text.charAt(at);
      if (next == '"') {
        skipString();
      } else if (next == '#' || text.startsWith("//", at)) {
        skipTo("\n");
      } else {
        read(next);
        at++;
      }
      if (levelsAround + depth + dots > MAX_DEPTH) {
        throw exceeded(
            "at most "
                + MAX_DEPTH
                + " levels of objects, lists and dotted keys"
                + (levelsAround > 0 ? " with the " + levelsAround + " around its include" : ""));
      }
      if (substitutions > Substitutions.MAX_COUNT) {
        throw exceeded("at most " + Substitutions.MAX_COUNT + " uses of ${…} and +=");
      }
    }
  }

  private void read(char next) {
    switch (next) {
      case '{', '[' -> open();
      case '}', ']' -> close();
      case ',' -> dots = 0;
      case '\n' -> keyMayEnd = true; // not before a bracket: "key =" may end a line
      case '.' -> countDot();
      case '$' -> substitutions += text.startsWith("${", at) ? 1 : 0;
      case '+' -> substitutions += text.startsWith("+=", at) ? 1 : 0;
      default -> {
        endKey(next);
        countInclude();
      }
    }
  }

  private void countInclude() {
    if (text.startsWith(INCLUDE, at)) {
      deepestInclude = Math.max(deepestInclude, levelsAround + depth + dots);
    }
  }

  private void open() {
    open.push(new Level(depth, dots));
    depth += 1 + dots;
    dots = 0;
    keyMayEnd = false;
  }

  private void close() {
    if (!open.isEmpty()) {
      Level closed = open.pop();
      depth = closed.depth();
      dots = closed.dots(); // another object may follow, which is merged with this one
    }
  }

  private void countDot() {
    endKey('.');
    dots++;
  }

  private void endKey(char next) {
    if (keyMayEnd && !Character.isWhitespace(next) && next != '=' && next != ':') {
      dots = 0;
      keyMayEnd = false;
    }
  }

  private void skipString() {
    endKey('"');
    if (text.startsWith(TRIPLE, at)) {
      at += TRIPLE.length();
      skipTo(TRIPLE);
      skipQuotes();
    } else {
      at++;
      while (at < text.length() && text.charAt(at) != '"') {
        at += text.charAt(at) == '\\' ? 2 : 1;
      }
      at++;
    }
  }

  // A string in three quotes may end with further quotes.
  private void skipQuotes() {
    while (at < text.length() && text.charAt(at) == '"') {
      at++;
    }
  }

  private void skipTo(String end) {
    int found = text.indexOf(end, at);
    at = found < 0 ? text.length() : found;
  }

  private UserException exceeded(String expectation) {
    long line = 1 + text.chars().limit(at).filter(c -> c == '\n').count();
    return new UserException(
        ErrorCode.WRONG_SETTINGS,
        origin + " must have " + expectation + ", found more in line " + line);
  }
}
