package io.meanfield.error;

/** Makes text of unknown origin fit for a message: one line, without control characters, short. */
public final class Printable {
  private static final int MAX_LENGTH = 120;

  private Printable() {}

  /** Returns the text with a "?" for each control character; abbreviated to 120 characters. */
  public static String text(String text) {
    String head = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + "…" : text;
    return head.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]", "?");
  }

  /** Returns the text in quotation marks. */
  public static String quoted(String text) {
    return '"' + text(text).replace('"', '?') + '"';
  }
}
