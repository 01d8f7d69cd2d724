package io.meanfield.cli.command;

import io.meanfield.error.Printable;
import io.meanfield.report.TerminalWidth;
import org.apache.spark.util.SignalUtils;

/** The terminal that the process was started from. */
public final class Terminal {
  private Terminal() {}

  /** Returns whether standard input and output are a terminal that interprets escape sequences. */
  public static boolean isInteractive() {
    return TerminalWidth.isTerminal();
  }

  /** Asks a person; returns whether the answer is yes. Returns false if there is no terminal. */
  public static boolean confirms(String question) {
    if (!isInteractive()) {
      return false;
    }
    String answer = System.console().readLine("%s", Printable.escaped(question));
    return answer != null && answer.strip().matches("(?i)y(es)?");
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
