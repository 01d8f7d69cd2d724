package io.meanfield.cli;

import io.meanfield.train.EpochResult;
import io.meanfield.train.RoundRow;
import io.meanfield.train.TrainingState;
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
final class TerminalProgress extends Progress {
  private final LongSupplier nanoTime;
  private final StatusLine statusLine;
  private final long began;
  private volatile Optional<EpochProgress> epoch = Optional.empty();
  private volatile Optional<LoadingProgress> loading = Optional.empty();
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
  static TerminalProgress start(int epochs) {
    TerminalProgress progress =
        new TerminalProgress(epochs, System.out, Terminal::width, System::nanoTime);
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
    loading = Optional.of(new LoadingProgress(rows, read));
  }

  @Override
  public void epochBegan(int number, int rounds) {
    loading = Optional.empty();
    epoch = Optional.of(EpochProgress.begin(number, epochs(), rounds, nanoTime.getAsLong()));
    // An epoch may be shorter than the time between two ticks of the clock.
    statusLine.draw();
  }

  @Override
  public void roundEnded(List<RoundRow> workers) {
    long examples = workers.stream().mapToLong(worker -> worker.work().examples()).sum();
    epoch = epoch.map(each -> each.roundEnded(examples, nanoTime.getAsLong()));
  }

  @Override
  public void epochEnded(EpochResult result, TrainingState state) {
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
        : last + " of " + epochs() + " epochs trained";
  }

  @Override
  void print(String line) {
    statusLine.print(line);
  }

  @Override
  public void close() {
    statusLine.close();
  }
}
