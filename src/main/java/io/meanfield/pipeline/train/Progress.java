package io.meanfield.pipeline.train;

import io.meanfield.engine.Engines;
import io.meanfield.error.Printable;
import io.meanfield.report.ReadableNumber;
import io.meanfield.train.history.EpochResult;
import io.meanfield.train.history.TrainingListener;
import io.meanfield.train.history.TrainingState;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Shows how training advances: a line for each epoch and, on a terminal, a status line below. */
public abstract class Progress implements TrainingListener, AutoCloseable {
  private static final long MANY = 100_000; // examples, which take seconds to read

  private volatile int epochs;

  protected Progress(int epochs) {
    this.epochs = epochs;
  }

  /** Prints a line that stays; prints nothing after {@link #close}. */
  public abstract void print(String line);

  @Override
  public void engineChosen(Engines.Selection engine) {
    print("engine   " + engine.engine().id() + ": " + engine.reason());
  }

  @Override
  public void resumed(int epoch) {
    print("resumed  after epoch %s of %s".formatted(epoch, epochs));
  }

  @Override
  public void planned(int planned, List<String> lines) {
    epochs = planned;
    lines.forEach(this::print);
  }

  /** Returns the number of epochs; 0 until it is known. */
  protected final int epochs() {
    return epochs;
  }

  @Override
  public void epochEnded(EpochResult epoch, Optional<TrainingState> state) {
    print(line(epoch, epochs));
  }

  @Override
  public abstract void close();

  /** Progress in a file or a pipe: lines only. */
  public static Progress lines(int epochs, PrintWriter out) {
    return new Progress(epochs) {
      private boolean closed;

      @Override
      public void readingBegan(long rows, LongSupplier read) {
        printOfMany(rows, String.format(Locale.ROOT, "reading  %,d rows", rows));
      }

      @Override
      public void shardsBegan(long examples, int workers) {
        printOfMany(
            examples,
            String.format(Locale.ROOT, "shards   %,d examples for %d workers", examples, workers));
      }

      private void printOfMany(long examples, String line) {
        if (examples >= MANY) {
          print(line);
        }
      }

      @Override
      public synchronized void print(String line) {
        if (!closed) {
          Printable.println(out, line);
          out.flush();
        }
      }

      @Override
      public synchronized void close() {
        closed = true;
      }
    };
  }

  /**
   * Returns the line of an epoch.
   *
   * @param epochs the number of epochs that are planned
   */
  public static String line(EpochResult epoch, int epochs) {
    return String.format(
        Locale.ROOT,
        "epoch %3d/%d  %s  %.2f s",
        epoch.epoch(),
        epochs,
        summary(epoch),
        epoch.seconds());
  }

  /** Returns the line of an epoch of {@code play}, which ends with an evaluation. */
  public static String lineOfPlay(EpochResult epoch, int epochs) {
    String returned =
        epoch
            .scores()
            .monitored()
            .map(mean -> String.format(Locale.ROOT, "  mean return %.2f", mean))
            .orElse("");
    return String.format(
        Locale.ROOT,
        "epoch %3d/%d  loss %.4f%s  %.2f s",
        epoch.epoch(),
        epochs,
        epoch.trainLoss(),
        returned,
        epoch.seconds());
  }

  private static String summary(EpochResult epoch) {
    StringBuilder summary = new StringBuilder("loss " + ReadableNumber.fixed(epoch.trainLoss()));
    epoch
        .trainAccuracy()
        .ifPresent(
            acc -> summary.append(String.format(Locale.ROOT, "  accuracy %.2f %%", 100 * acc)));
    epoch
        .validationLoss()
        .ifPresent(loss -> summary.append("  val_loss " + ReadableNumber.fixed(loss)));
    epoch
        .validationAccuracy()
        .ifPresent(
            acc -> summary.append(String.format(Locale.ROOT, "  val_accuracy %.2f %%", 100 * acc)));
    return summary.toString();
  }
}
