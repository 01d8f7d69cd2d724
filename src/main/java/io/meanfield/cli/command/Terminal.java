package io.meanfield.cli.command;

import io.meanfield.error.Printable;
import org.apache.spark.util.SignalUtils;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The terminal that the process was started from. */
public final class Terminal {
  private Terminal() {}

  /** Returns whether standard input and output are a terminal that interprets escape sequences. */
  @SuppressWarnings("SystemConsoleNull") // the build is for Java 17, where null means: no terminal
  public static boolean isInteractive() {
    String type = System.getenv().getOrDefault("TERM", "");
    return System.console() != null && !type.isEmpty() && !type.equals("dumb");
  }

  /** Asks a person; returns whether the answer is yes. Returns false if there is no terminal. */
  public static boolean confirms(String question) {
    if (!isInteractive()) {
      return false;
    }
    String answer = System.console().readLine("%s", Printable.escaped(question));
    return answer != null && answer.strip().matches("(?i)y(es)?");
  }

  /** Measures the width in columns; returns 80 if it cannot be measured. */
  static int width() {
    return new UsageMessageSpec().autoWidth(true).width();
  }

  /** Returns the width for tables; without a terminal, there is no limit. */
  public static int tableWidth() {
    return isInteractive() ? width() : Integer.MAX_VALUE;
  }

  /** Erases the line of the cursor, where the terminal has echoed {@code ^C}. */
  static void eraseLine() {
    if (isInteractive()) {
      System.out.print(StatusLine.ERASE);
      System.out.flush();
    }
  }

  /** Calls {@code action} whenever a person changes the size of the window. */
  static void onResize(Runnable action) {
    SignalUtils.register(
        "WINCH",
        () -> {
          action.run();
          return true;
        });
  }
}
