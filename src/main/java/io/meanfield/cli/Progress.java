package io.meanfield.cli;

import io.meanfield.engine.Engines;
import io.meanfield.train.EpochResult;
import io.meanfield.train.TrainingListener;
import io.meanfield.train.TrainingState;
import java.util.List;

/** Shows how training advances: a line for each epoch and, on a terminal, a status line below. */
abstract class Progress implements TrainingListener, AutoCloseable {
  private volatile int epochs;

  Progress(int epochs) {
    this.epochs = epochs;
  }

  /** Prints a line that stays; prints nothing after {@link #close}. */
  abstract void print(String line);

  @Override
  public void engineChosen(Engines.Selection engine) {
    print("engine   " + engine.engine().id() + ": " + engine.reason());
  }

  @Override
  public void resumed(int epoch) {
    print("resumed  after epoch " + epoch + " of " + epochs);
  }

  @Override
  public void planned(int planned, List<String> lines) {
    epochs = planned;
    lines.forEach(this::print);
  }

  /** Returns the number of epochs; 0 until it is known. */
  final int epochs() {
    return epochs;
  }

  @Override
  public void epochEnded(EpochResult epoch, TrainingState state) {
    print(EpochLine.of(epoch, epochs));
  }

  @Override
  public abstract void close();
}
