package io.meanfield.report;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The width of the terminal that the process was started from. */
public final class TerminalWidth {
  private static final int NARROWEST = 20;

  private TerminalWidth() {}

  /** Returns whether standard input and output are a terminal that interprets escape sequences. */
  @SuppressWarnings("SystemConsoleNull") // the build is for Java 17, where null means: no terminal
  public static boolean isTerminal() {
    String type = System.getenv().getOrDefault("TERM", "");
    return System.console() != null && !type.isEmpty() && !type.equals("dumb");
  }

  /** Returns COLUMNS if it is set, else measures the width; 80 if it cannot be measured. */
  public static int columns() {
    String columns = System.getenv().getOrDefault("COLUMNS", "");
    return columns.matches("[1-9][0-9]{1,3}")
        ? Integer.parseInt(columns)
        : new UsageMessageSpec().autoWidth(true).width();
  }

  /** Returns the width that a line may have; without a terminal, there is no limit. */
  static int limit() {
    return isTerminal() ? columns() : Integer.MAX_VALUE;
  }

  /**
   * Returns a line of a title and a value; several, the value below itself, if the terminal is
   * narrower.
   *
   * @param title the text before the line, with the spaces that end it
   */
  public static List<String> lines(String title, String value) {
    return lines(title, value, limit());
  }

  static List<String> lines(String title, String value, int width) {
    List<String> lines = new ArrayList<>();
    for (String part : wrapped(value, Math.max(NARROWEST, width - title.length()))) {
      lines.add((lines.isEmpty() ? title : " ".repeat(title.length())) + part);
    }
    return lines;
  }

  /** Divides a text at spaces, or within a word that is too long. */
  static List<String> wrapped(String text, int width) {
    List<String> parts = new ArrayList<>();
    String rest = text;
    while (rest.length() > width) {
      int space = rest.lastIndexOf(' ', width);
      int end = space > 0 ? space : width;
      parts.add(rest.substring(0, end));
      rest = rest.substring(end).stripLeading();
    }
    parts.add(rest);
    return parts;
  }
}
