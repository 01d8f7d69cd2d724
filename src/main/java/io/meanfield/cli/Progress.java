package io.meanfield.cli;

import io.meanfield.engine.Engines;
import io.meanfield.train.EpochResult;
import io.meanfield.train.TrainingListener;
import io.meanfield.train.TrainingState;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows a person how training goes: a bar on a terminal, a line an epoch elsewhere. */
abstract sealed class Progress implements TrainingListener, AutoCloseable {
  @SuppressWarnings("SystemConsoleNull") // the build is for Java 17, where null means: no terminal
  static Progress of(int epochs) {
    return System.console() == null ? new Lines(epochs) : new Bar(epochs);
  }

  @Override
  public void engineChosen(Engines.Selection engine) {
    System.out.println("engine   " + engine.engine().id() + ": " + engine.reason());
  }

  @Override
  public void close() {}

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

  private static final class Lines extends Progress {
    private final int epochs;

    Lines(int epochs) {
      this.epochs = epochs;
    }

    @Override
    public void epochEnded(EpochResult epoch, TrainingState state) {
      System.out.printf(
          Locale.ROOT,
          "epoch %3d/%d  %s  %.2f s%n",
          epoch.epoch(),
          epochs,
          summary(epoch),
          epoch.seconds());
    }
  }

  private static final class Bar extends Progress {
    private final ProgressBar bar;
    private boolean closed;

    Bar(int epochs) {
      this.bar =
          new ProgressBarBuilder()
              .setTaskName("epochs")
              .setInitialMax(epochs)
              .setStyle(ProgressBarStyle.UNICODE_BLOCK)
              .build();
    }

    @Override
    public void epochEnded(EpochResult epoch, TrainingState state) {
      bar.setExtraMessage(" " + summary(epoch));
      bar.step();
    }

    // Once: a bar that is closed again is drawn again, over what was said in between.
    @Override
    public synchronized void close() {
      if (!closed) {
        closed = true;
        bar.close();
      }
    }
  }
}
