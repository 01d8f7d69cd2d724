package io.meanfield.cli.command;

import io.meanfield.error.Printable;
import java.io.PrintStream;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;

/**
 * The last line of a terminal, redrawn four times a second below the lines that are printed.
 *
 * <p>The cursor waits in the first column. A window that becomes narrower breaks the line below the
 * cursor, and the next drawing erases everything below the cursor.
 *
 * <p>JLine 3.30.13 cannot replace this class: when the window is resized repeatedly, its {@code
 * Status} leaves copies of the line and overwrites finished lines, and its {@code Display} leaves
 * pieces of the line among the finished lines.
 */
final class StatusLine implements AutoCloseable {
  /** Erases the line of the cursor, with what a person has typed there, and the lines below. */
  static final String ERASE = "\r\u001b[J";

  private static final String ERASE_REST = "\u001b[J";
  // Without automatic wrapping, the line stays one line even if the window has just become
  // narrower.
  private static final String NO_WRAP = "\u001b[?7l";
  private static final String WRAP = "\u001b[?7h";
  private static final long PERIOD_MILLIS = 250;

  private final PrintStream out;
  private final IntSupplier terminalWidth;
  private final IntFunction<String> text;
  private final Timer timer = new Timer("status-line", true);
  private volatile boolean resized = true;
  private int width;
  private boolean closed;

  /**
   * Creates a line that is not drawn yet.
   *
   * @param terminalWidth measures the width of the terminal in columns
   * @param text returns the line, with at most the given number of characters
   */
  StatusLine(PrintStream out, IntSupplier terminalWidth, IntFunction<String> text) {
    this.out = out;
    this.terminalWidth = terminalWidth;
    this.text = text;
  }

  /** Draws the line from now on. */
  void start() {
    timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            draw();
          }
        },
        0,
        PERIOD_MILLIS);
  }

  /** Measures the width again before the next drawing. */
  void resized() {
    resized = true;
  }

  synchronized void draw() {
    if (closed) {
      return;
    }
    if (resized) {
      resized = false;
      width = terminalWidth.getAsInt();
    }
    // The last column stays empty: a character there would leave the cursor beyond the line.
    out.print("\r" + NO_WRAP + text.apply(width - 1) + ERASE_REST + WRAP + "\r");
    out.flush();
  }

  /** Prints a line that stays, above the status line; prints nothing after {@link #close}. */
  synchronized void print(String line) {
    if (!closed) {
      out.print(ERASE + Printable.escaped(line) + "\n");
      draw();
    }
  }

  /** Erases the line. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      timer.cancel();
      out.print(ERASE);
      out.flush();
    }
  }
}
