package io.meanfield.cli.command;

import io.meanfield.pipeline.train.Progress;
import io.meanfield.report.TerminalWidth;
import io.meanfield.train.history.EpochResult;
import io.meanfield.train.history.RoundRow;
import io.meanfield.train.history.TrainingState;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Progress on a terminal: one line for each finished epoch, and below them a status line about the
 * current epoch.
 */
public final class TerminalProgress extends Progress {
  private static final int LONGEST = 30;
  private static final int SHORTEST = 5;

  private final LongSupplier nanoTime;
  private final StatusLine statusLine;
  private final long began;
  private volatile Optional<Epoch> epoch = Optional.empty();
  private volatile Optional<Loading> loading = Optional.empty();
  private volatile String activity = "loading";

  /**
   * Creates a progress whose status line is not drawn yet.
   *
   * @param terminalWidth measures the width of the terminal in columns
   */
  TerminalProgress(int epochs, PrintStream out, IntSupplier terminalWidth, LongSupplier nanoTime) {
    super(epochs);
    this.nanoTime = nanoTime;
    this.statusLine = new StatusLine(out, terminalWidth, this::text);
    this.began = nanoTime.getAsLong();
  }

  /** Shows progress on the terminal of this process. */
  public static TerminalProgress start(int epochs) {
    TerminalProgress progress =
        new TerminalProgress(epochs, System.out, TerminalWidth::columns, System::nanoTime);
    Terminal.onResize(progress.statusLine::resized);
    progress.statusLine.start();
    return progress;
  }

  StatusLine statusLine() {
    return statusLine;
  }

  private String text(int width) {
    String elapsed = elapsed();
    String line =
        epoch
            .map(each -> each.line(width, elapsed))
            .or(() -> loading.map(each -> each.line(width, elapsed)))
            .orElseGet(() -> activity + "  " + elapsed);
    return line.substring(0, Math.min(line.length(), width));
  }

  private String elapsed() {
    Duration elapsed = Duration.ofNanos(nanoTime.getAsLong() - began);
    String minutes = elapsed.toHours() == 0 ? "%2$d" : "%1$d:%2$02d";
    return String.format(
        Locale.ROOT,
        minutes + ":%3$02d",
        elapsed.toHours(),
        elapsed.toMinutesPart(),
        elapsed.toSecondsPart());
  }

  @Override
  public void readingBegan(long rows, LongSupplier read) {
    loading = Optional.of(new Loading(rows, read));
  }

  @Override
  public void shardsBegan(long examples, int workers) {
    loading = Optional.empty();
    activity = "building shards";
  }

  @Override
  public void epochBegan(int number, int rounds) {
    loading = Optional.empty();
    epoch = Optional.of(Epoch.begin(number, epochs(), rounds, nanoTime.getAsLong()));
    // An epoch may be shorter than the time between two ticks of the clock.
    statusLine.draw();
  }

  @Override
  public void roundEnded(List<RoundRow> workers) {
    long examples = workers.stream().mapToLong(worker -> worker.work().examples()).sum();
    epoch = epoch.map(each -> each.roundEnded(examples, nanoTime.getAsLong()));
  }

  @Override
  public void epochEnded(EpochResult result, Optional<TrainingState> state) {
    epoch = Optional.empty();
    activity = activityAfter(result.epoch());
    super.epochEnded(result, state);
  }

  @Override
  public void resumed(int last) {
    activity = activityAfter(last);
    super.resumed(last);
  }

  private String activityAfter(int last) {
    return last == epochs()
        ? "writing model and tables"
        : "%s of %s epochs trained".formatted(last, epochs());
  }

  @Override
  public void print(String line) {
    statusLine.print(line);
  }

  @Override
  public void close() {
    statusLine.close();
  }

  /**
   * The progress of reading a table.
   *
   * @param rows the number of all rows
   * @param read returns the number of rows that were read
   */
  record Loading(long rows, LongSupplier read) {
    /** Returns bar, rows and elapsed time, without the bar if the width is too small. */
    String line(int width, String elapsed) {
      long done = Math.min(rows, read.getAsLong());
      String head = "loading";
      String rest = String.format(Locale.ROOT, "  %,d of %,d rows  %s", done, rows, elapsed);
      return head + bar(done, rows, width - head.length() - rest.length()) + rest;
    }
  }

  /**
   * The progress of an epoch.
   *
   * @param epoch from 1
   * @param rounds the number of rounds in the epoch
   * @param done the number of rounds that have ended
   * @param examples the number of examples trained in those rounds
   * @param beganNanos the clock when the epoch began
   * @param roundNanos the clock when the last round ended
   */
  record Epoch(
      int epoch,
      int epochs,
      int rounds,
      int done,
      long examples,
      long beganNanos,
      long roundNanos) {
    static Epoch begin(int epoch, int epochs, int rounds, long nanos) {
      return new Epoch(epoch, epochs, rounds, 0, 0, nanos, nanos);
    }

    Epoch roundEnded(long examplesOfRound, long nanos) {
      return new Epoch(
          epoch, epochs, rounds, done + 1, examples + examplesOfRound, beganNanos, nanos);
    }

    /**
     * Returns epoch, bar, rounds, elapsed time and examples per second. Leaves out the bar and the
     * last of the other parts if the width is too small.
     */
    String line(int width, String elapsed) {
      StringBuilder rest = new StringBuilder();
      String head = String.format(Locale.ROOT, "epoch %3d/%d", epoch, epochs);
      for (String part : List.of(activity(), elapsed, speed())) {
        if (head.length() + rest.length() + 2 + part.length() > width || part.isEmpty()) {
          break;
        }
        rest.append("  ").append(part);
      }
      return head + bar(done, rounds, width - head.length() - rest.length()) + rest;
    }

    private String activity() {
      int digits = Integer.toString(rounds).length();
      return done == rounds
          ? "validating"
          : String.format(Locale.ROOT, "%" + digits + "d/%d rounds", done, rounds);
    }

    private String speed() {
      double seconds = (roundNanos - beganNanos) / 1e9;
      return done == 0 || done == rounds
          ? ""
          : String.format(Locale.ROOT, "%,d examples/s", Math.round(examples / seconds));
    }
  }

  /**
   * Returns two blanks and the bar; an empty text if the width is too small.
   *
   * @param width the number of columns that are free
   */
  static String bar(long done, long all, int width) {
    int length = Math.min(LONGEST, width - "  []".length());
    if (length < SHORTEST) {
      return "";
    }
    int filled = (int) (length * done / all);
    return "  [" + "=".repeat(filled) + " ".repeat(length - filled) + "]";
  }
}
