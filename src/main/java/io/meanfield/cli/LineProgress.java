package io.meanfield.cli;

import java.io.PrintStream;

/** Progress in a file or a pipe: lines only. */
final class LineProgress extends Progress {
  private final PrintStream out;
  private boolean closed;

  LineProgress(int epochs, PrintStream out) {
    super(epochs);
    this.out = out;
  }

  @Override
  synchronized void print(String line) {
    if (!closed) {
      out.println(line);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
  }
}
