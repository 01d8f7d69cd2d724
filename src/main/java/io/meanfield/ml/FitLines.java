package io.meanfield.ml;

import io.meanfield.error.Printable;
import io.meanfield.pipeline.train.Progress;
import io.meanfield.train.history.EpochResult;
import io.meanfield.train.history.TrainingListener;
import io.meanfield.train.history.TrainingState;
import java.io.Serializable;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lines that the fits of an estimator print if verbose is set, the line of the newest epoch,
 * and notes on problems. Python takes them, because a notebook does not show the standard output of
 * the JVM.
 */
public final class FitLines implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(FitLines.class);

  private final StringBuilder kept = new StringBuilder();
  private boolean isTaken;
  private String epoch = "";
  private String fit = "";

  FitLines() {}

  /** Forgets an earlier fit; from the first call on, lines are kept and not printed. */
  public synchronized void begin() {
    isTaken = true;
    kept.setLength(0);
    epoch = "";
    fit = UUID.randomUUID().toString();
  }

  /** Returns the lines since the last call; from the first call on, they are not printed. */
  public synchronized String take() {
    isTaken = true;
    String lines = kept.toString();
    kept.setLength(0);
    return lines;
  }

  /** Returns the lines that are kept. */
  synchronized String kept() {
    return kept.toString();
  }

  /** Returns the line of the newest epoch of the fit; empty before its first one. */
  public synchronized String epoch() {
    return epoch;
  }

  /** Returns a name that no other fit has. */
  synchronized String fit() {
    return fit;
  }

  private synchronized void epoch(String line) {
    epoch = Printable.escaped(line);
  }

  private synchronized void print(String line) {
    if (isTaken) {
      kept.append(Printable.escaped(line)).append('\n');
    } else {
      Printable.println(System.out, line);
    }
  }

  private synchronized void note(String note) {
    if (isTaken) {
      print("note     " + note);
    } else {
      LOG.warn(note);
    }
  }

  /** Returns the listener of a fit, which prints the lines of {@code train} if verbose is set. */
  TrainingListener listener(boolean verbose) {
    return new Lines(verbose);
  }

  private final class Lines extends Progress {
    private final boolean verbose;

    Lines(boolean verbose) {
      super(0);
      this.verbose = verbose;
    }

    @Override
    public void epochEnded(EpochResult result, Optional<TrainingState> state) {
      epoch(line(result, epochs()));
      super.epochEnded(result, state);
    }

    @Override
    public void noted(String note) {
      note(ParamNames.in(note));
    }

    @Override
    public void print(String line) {
      if (verbose) {
        FitLines.this.print(line);
      }
    }

    @Override
    public void close() {}
  }
}
