package io.meanfield.fuzz;

import java.util.stream.Collectors;

/** Shows any text on one line. */
final class Printable {
  private static final int MAX_LENGTH = 600;

  private Printable() {}

  /** Returns the text with escapes for all but printable ASCII, shortened to 600 characters. */
  static String of(String text) {
    String shortened = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + "[…]" : text;
    return shortened
        .codePoints()
        .mapToObj(c -> c >= ' ' && c < 127 ? Character.toString(c) : String.format("\\u%04x", c))
        .collect(Collectors.joining());
  }
}
