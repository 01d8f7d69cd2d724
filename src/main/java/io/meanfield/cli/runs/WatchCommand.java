package io.meanfield.cli.runs;

import io.meanfield.cli.command.MeanfieldCommand;
import io.meanfield.cli.command.RunText;
import io.meanfield.cli.command.Sessions;
import io.meanfield.cli.command.SettingsOptions;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.Printable;
import io.meanfield.error.UserException;
import io.meanfield.pipeline.housekeeping.RunCommand;
import io.meanfield.pipeline.train.Progress;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunHolder;
import io.meanfield.store.Runs;
import io.meanfield.store.Status;
import io.meanfield.train.checkpoint.RecordedEpoch;
import io.meanfield.train.history.EpochResult;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    description =
        "Follow a run from its records, from any machine that can read them: print a line for each"
            + " completed epoch, tell when its process stops working, and end with the exit code of"
            + " the run. Starts no Spark session and changes nothing.",
    footer = {
      "",
      "Example: scripts/submit watch mnist-1",
      "         scripts/submit watch --once s3a://bucket/runs/mnist-1",
      "Exit codes: that of the run; with --once 0 while a process works on the run, and 1 if it",
      "has not ended and no process works on it."
    })
public final class WatchCommand implements MeanfieldCommand {
  private static final long PAUSE = 1; // second

  @Mixin private SettingsOptions options;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = RunText.RUN)
  private String name;

  @Option(names = "--once", description = "Print the present state, and end.")
  private boolean once;

  private int epoch;
  private boolean silent;

  @Override
  public Integer call() {
    RunDirectory run =
        new Runs(Sessions.hadoop(), options.settings().run().directory()).named(name);
    print("run      " + run.id());
    print("path     " + run.display());
    print("command  " + run.manifest().string("command").orElse("unknown"));
    while (true) {
      // The process before the status, and the status before the epochs, so that the epochs of a
      // run that has ended are complete.
      Optional<RunHolder> holder = RunHolder.of(run);
      Optional<Status> status = run.status();
      boolean alive = holder.filter(RunHolder::alive).isPresent();
      printEpochs(run);
      Optional<Status> ended = status.filter(found -> hasEnded(found, alive));
      if (ended.isPresent()) {
        return end(ended.get());
      }
      printHolder(run, holder, alive);
      if (once) {
        return alive ? 0 : 1;
      }
      pause();
    }
  }

  // A process that repeats a failed run holds the lease before it writes that the run is running.
  private static boolean hasEnded(Status status, boolean alive) {
    return status.state() == Status.State.SUCCEEDED
        || (status.state() != Status.State.RUNNING && !alive);
  }

  private void printEpochs(RunDirectory run) {
    List<RecordedEpoch> found = RecordedEpoch.after(run, epoch);
    if (found.isEmpty()) {
      return;
    }
    Manifest manifest = run.manifest(); // an extension of the run plans more epochs
    int planned = planned(manifest);
    for (RecordedEpoch recorded : found) {
      EpochResult result = recorded.result();
      print(
          RunCommand.plays(manifest)
              ? Progress.lineOfPlay(result, planned)
              : Progress.line(result, planned));
      epoch = result.epoch();
    }
  }

  private static int planned(Manifest run) {
    if (!RunCommand.plays(run)) {
      return integer(run, "settings.train.epochs");
    }
    return integer(run, "settings.reinforce.steps")
        / Math.max(1, integer(run, "settings.reinforce.evaluation.frequency"));
  }

  private static int integer(Manifest run, String entry) {
    return run.json().hasPath(entry) ? run.integer(entry) : 0;
  }

  private void printHolder(RunDirectory run, Optional<RunHolder> holder, boolean alive) {
    if (!alive && !silent) {
      print(
          "note     no heartbeat%s%s; the same command continues the run"
              .formatted(
                  run.lastHeartbeat().map(time -> " since " + RunText.time(time)).orElse(""),
                  holder.map(process -> " from " + process).orElse("")));
    } else if (alive && (silent || once)) {
      print("state    running, " + holder.orElseThrow());
    }
    silent = !alive;
  }

  /** Ends the command as the run has ended. */
  private int end(Status status) {
    if (status.state() == Status.State.FAILED) {
      throw new UserException(status.errorCode().orElse(ErrorCode.UNEXPECTED), status.message());
    }
    print("done     " + status.message());
    return status.exitCode().orElse(0);
  }

  private void print(String line) {
    PrintWriter out = spec.commandLine().getOut();
    Printable.println(out, line);
    out.flush();
  }

  private static void pause() {
    try {
      TimeUnit.SECONDS.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserException(ErrorCode.INTERRUPTED, "interrupted while following the run", e);
    }
  }

  @Override
  public SettingsOptions options() {
    return options;
  }
}
