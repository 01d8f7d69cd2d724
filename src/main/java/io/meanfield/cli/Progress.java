package io.meanfield.cli;

import io.meanfield.engine.Engines;
import io.meanfield.train.EpochResult;
import io.meanfield.train.TrainingListener;
import io.meanfield.train.TrainingState;
import java.util.Locale;

/** Shows how training advances: a line for each epoch and, on a terminal, a status line below. */
abstract class Progress implements TrainingListener, AutoCloseable {
  private final int epochs;

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
  public void epochEnded(EpochResult epoch, TrainingState state) {
    print(
        String.format(
            Locale.ROOT,
            "epoch %3d/%d  %s  %.2f s",
            epoch.epoch(),
            epochs,
            summary(epoch),
            epoch.seconds()));
  }

  private static String summary(EpochResult epoch) {
    StringBuilder summary =
        new StringBuilder(
            epoch.pretrainedLayer().map(layer -> "layer " + layer + " alone  ").orElse(""));
    summary.append(String.format(Locale.ROOT, "loss %.4f", epoch.trainLoss()));
    epoch
        .trainAccuracy()
        .ifPresent(
            acc -> summary.append(String.format(Locale.ROOT, "  accuracy %.2f %%", 100 * acc)));
    epoch
        .validationLoss()
        .ifPresent(loss -> summary.append(String.format(Locale.ROOT, "  val_loss %.4f", loss)));
    epoch
        .validationAccuracy()
        .ifPresent(
            acc -> summary.append(String.format(Locale.ROOT, "  val_accuracy %.2f %%", 100 * acc)));
    return summary.toString();
  }

  @Override
  public abstract void close();
}
