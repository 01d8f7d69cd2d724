package io.meanfield.cli;

import io.meanfield.error.Printable;
import io.meanfield.pipeline.housekeeping.RunCommand;
import io.meanfield.pipeline.watch.PlannedEpochs;
import io.meanfield.pipeline.watch.RunEvent;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunHolder;
import io.meanfield.train.EpochResult;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Shows what happens to a run: lines and, on a terminal, a status line below them. */
final class WatchProgress implements AutoCloseable {
  private final RunDirectory run;
  private final String command;
  private final boolean plays;
  private final PrintWriter out;
  private final Optional<StatusLine> statusLine;
  private volatile int epochs;
  private volatile Optional<EpochResult> newest = Optional.empty();
  private volatile Optional<Instant> began = Optional.empty();
  private volatile boolean silent;

  WatchProgress(RunDirectory run, PrintWriter out, boolean interactive) {
    Manifest manifest = run.manifest();
    this.run = run;
    this.command = Printable.text(manifest.string("command").orElse("unknown"));
    this.plays = RunCommand.plays(manifest);
    this.epochs = PlannedEpochs.of(manifest);
    this.out = out;
    this.statusLine =
        interactive
            ? Optional.of(new StatusLine(System.out, Terminal::width, this::text))
            : Optional.empty();
  }

  /** Shows a run on the terminal of this process or, without one, as lines. */
  static WatchProgress of(RunDirectory run, PrintWriter out) {
    return new WatchProgress(run, out, Terminal.isInteractive());
  }

  /** Prints which run this is, and draws the status line from now on. */
  void begin() {
    out.println("run      " + run.id());
    out.println("path     " + run.display());
    out.println("command  " + command);
    out.flush();
    statusLine.ifPresent(
        line -> {
          Terminal.onResize(line::resized);
          Runtime.getRuntime().addShutdownHook(new Thread(line::close, "erase-status-line"));
          line.start();
        });
  }

  void show(RunEvent event) {
    if (event instanceof RunEvent.Began start) {
      began = Optional.of(start.started());
      epochs = start.planned();
      print("started  " + RunText.time(start.started()));
    } else if (event instanceof RunEvent.EpochEnded epoch) {
      newest = Optional.of(epoch.result());
      epochs = epoch.planned();
      print(
          plays ? EpochLine.ofPlay(epoch.result(), epochs) : EpochLine.of(epoch.result(), epochs));
    } else if (event instanceof RunEvent.Silent none) {
      silent = true;
      print("note     " + silence(none));
    } else if (event instanceof RunEvent.Alive again) {
      silent = false;
      print("note     " + again.holder() + " works on the run");
    }
  }

  private static String silence(RunEvent.Silent silent) {
    return "no heartbeat"
        + silent.since().map(time -> " since " + RunText.time(time)).orElse("")
        + silent.holder().map(holder -> " from " + holder).orElse("")
        + "; the same command continues the run";
  }

  /** Prints whether a process works on the run, and how far it is. */
  void showState(Optional<RunHolder> holder) {
    holder.filter(RunHolder::alive).ifPresent(alive -> print("state    running, " + alive));
    print("progress " + progress());
  }

  void print(String line) {
    String printable = Printable.escaped(line); // it contains parts of the run's files
    if (statusLine.isPresent()) {
      statusLine.get().print(printable);
    } else {
      out.println(printable);
      out.flush();
    }
  }

  private String text(int width) {
    String state =
        silent
            ? "no heartbeat"
            : began.map(time -> RunText.duration(Duration.between(time, Instant.now()))).orElse("");
    String line = progress() + (state.isEmpty() ? "" : "  " + state);
    return line.substring(0, Math.min(line.length(), width));
  }

  private String progress() {
    int done = newest.map(EpochResult::epoch).orElse(0);
    return epochs == 0
        ? "no epochs"
        : done + " of " + epochs + " epochs" + newest.map(this::remaining).orElse("");
  }

  private String remaining(EpochResult last) {
    double seconds = (epochs - last.epoch()) * last.seconds();
    return last.epoch() >= epochs
        ? ""
        : ", at most about " + RunText.duration(Duration.ofSeconds(Math.round(seconds))) + " left";
  }

  @Override
  public void close() {
    statusLine.ifPresent(StatusLine::close);
  }
}
