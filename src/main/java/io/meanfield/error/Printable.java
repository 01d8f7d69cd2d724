package io.meanfield.error;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes texts that contain parts of files fit for messages and terminals. */
public final class Printable {
  private static final int MAX_VALUE = 120;
  private static final int MAX_LINE = 2_000;
  // Control characters, marks that reverse the direction of a text, and ends of lines.
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");
  private static final Pattern CONTROL_IN_LINES =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\n]]");

  private static final Pattern PLAIN_WORD = Pattern.compile("[\\w./:=@%+,-]+");

  private Printable() {}

  /** Returns one value with a "?" for each control character; abbreviated to 120 characters. */
  public static String text(String text) {
    return text(text, MAX_VALUE);
  }

  /**
   * Returns one value with a "?" for each control character.
   *
   * @param most the number of characters after which the value is abbreviated
   */
  public static String text(String text, int most) {
    String head = text.length() > most ? text.substring(0, most) + "…" : text;
    return CONTROL.matcher(head).replaceAll("?");
  }

  /** Returns one value in quotation marks, as {@link #text} has it. */
  public static String quoted(String text) {
    return '"' + text(text).replace('"', '?') + '"';
  }

  /** Returns names with commas between them: the first ones, and the number of the others. */
  public static String listed(List<String> names, int most) {
    String first = String.join(", ", names.subList(0, Math.min(most, names.size())));
    return names.size() > most ? "%s and %d more".formatted(first, names.size() - most) : first;
  }

  /** Returns a word of a command line for a shell, in apostrophes if need be. */
  public static String shellWord(String word) {
    return PLAIN_WORD.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  /**
   * Returns a text on one line that draws nothing on a terminal and ends no comment: with escapes
   * such as {@code \\u001b} in place of control characters, newlines and tabs among them.
   */
  public static String escaped(String text) {
    return escaped(text, CONTROL);
  }

  /** Prints one line, {@link #escaped}, because it may contain parts of data and files. */
  public static void println(PrintWriter out, String line) {
    out.println(escaped(line));
  }

  /** Prints the lines of a text, each as {@link #println(PrintWriter, String)} does. */
  public static void printLines(PrintWriter out, String text) {
    text.lines().forEach(line -> println(out, line));
  }

  /** Prints one line, as {@link #println(PrintWriter, String)} does. */
  public static void println(PrintStream out, String line) {
    out.println(escaped(line));
  }

  /**
   * Returns a message with escapes such as {@code \\u001b} in place of control characters other
   * than newlines, and with long lines cut.
   */
  static String of(String text) {
    return escaped(text, CONTROL_IN_LINES)
        .lines()
        .map(Printable::cut)
        .collect(Collectors.joining("\n"));
  }

  private static String escaped(String text, Pattern control) {
    return control
        .matcher(text)
        .replaceAll(
            found ->
                found
                    .group()
                    .chars() // two escapes for a character beyond U+FFFF, as in JSON
                    .mapToObj(unit -> String.format("\\\\u%04x", unit))
                    .collect(Collectors.joining()));
  }

  private static String cut(String line) {
    return line.length() > MAX_LINE ? line.substring(0, MAX_LINE - 1) + "…" : line;
  }
}
