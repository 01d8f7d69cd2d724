package io.meanfield.ml;

import io.meanfield.error.Printable;
import io.meanfield.pipeline.train.Progress;
import io.meanfield.train.history.TrainingListener;
import java.io.Serializable;

/**
 * The lines that the fits of an estimator print if verbose is set. Python takes them, because a
 * notebook does not show the standard output of the JVM.
 */
public final class FitLines implements Serializable {
  private static final long serialVersionUID = 1L;

  private final StringBuilder kept = new StringBuilder();
  private boolean isTaken;

  FitLines() {}

  /** Returns the lines since the last call; from the first call on, none are printed. */
  public synchronized String take() {
    isTaken = true;
    String lines = kept.toString();
    kept.setLength(0);
    return lines;
  }

  private synchronized void print(String line) {
    if (isTaken) {
      kept.append(Printable.escaped(line)).append('\n');
    } else {
      Printable.println(System.out, line);
    }
  }

  /** Returns the listener of a fit, which prints the lines of {@code train} or nothing. */
  TrainingListener listener(boolean verbose) {
    return verbose ? new Lines() : new TrainingListener() {};
  }

  private final class Lines extends Progress {
    Lines() {
      super(0);
    }

    @Override
    public void print(String line) {
      FitLines.this.print(line);
    }

    @Override
    public void close() {}
  }
}
