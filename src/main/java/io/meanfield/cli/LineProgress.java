package io.meanfield.cli;

import java.io.PrintWriter;

/** Progress in a file or a pipe: lines only. */
final class LineProgress extends Progress {
  private final PrintWriter out;
  private boolean closed;

  LineProgress(int epochs, PrintWriter out) {
    super(epochs);
    this.out = out;
  }

  @Override
  synchronized void print(String line) {
    if (!closed) {
      out.println(line);
      out.flush();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
  }
}
