package io.meanfield.cli;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.pipeline.watch.PatientReading;
import io.meanfield.pipeline.watch.PollInterval;
import io.meanfield.pipeline.watch.RunEvent;
import io.meanfield.pipeline.watch.RunWatch;
import io.meanfield.store.HolderWatch;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunHolder;
import io.meanfield.store.RunHolders;
import io.meanfield.store.Runs;
import io.meanfield.store.Status;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
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
final class WatchCommand implements MeanfieldCommand {
  @Mixin private SettingsOptions options;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = RunText.RUN)
  private String name;

  @Option(names = "--once", description = "Print the present state, and end.")
  private boolean once;

  @Override
  public Integer call() {
    Configuration hadoop = Sessions.hadoop();
    RunDirectory run = new Runs(hadoop, options.settings().run().directory()).named(name);
    try (WatchProgress progress = WatchProgress.of(run, spec.commandLine().getOut())) {
      progress.begin();
      return once ? state(run, progress) : follow(run, progress, hadoop);
    }
  }

  private static int state(RunDirectory run, WatchProgress progress) {
    Optional<RunHolder> holder = Optional.ofNullable(RunHolders.of(List.of(run)).get(run));
    List<RunEvent> events = new RunWatch(run, () -> holder).poll();
    events.forEach(progress::show);
    if (ending(events).isPresent()) {
      return end(ending(events).get(), progress);
    }
    progress.showState(holder);
    return holder.filter(RunHolder::alive).isPresent() ? 0 : 1;
  }

  private static int follow(RunDirectory run, WatchProgress progress, Configuration hadoop) {
    RunWatch watch = new RunWatch(run, new HolderWatch(run)::look);
    PatientReading reading =
        new PatientReading(watch::poll, note -> progress.print("note     " + note));
    long interval = PollInterval.of(run, hadoop).toMillis();
    List<RunEvent> events = watch.poll(); // without patience: the path may be wrong
    while (true) {
      events.forEach(progress::show);
      Optional<Status> ended = ending(events);
      if (ended.isPresent()) {
        return end(ended.get(), progress);
      }
      pause(interval);
      events = reading.read();
    }
  }

  private static Optional<Status> ending(List<RunEvent> events) {
    return events.stream()
        .filter(RunEvent.Ended.class::isInstance)
        .map(event -> ((RunEvent.Ended) event).status())
        .findFirst();
  }

  /** Ends the command as the run has ended. */
  private static int end(Status status, WatchProgress progress) {
    if (status.state() == Status.State.FAILED) {
      throw new UserException(status.errorCode().orElse(ErrorCode.UNEXPECTED), status.message());
    }
    progress.print("done     " + status.message());
    return status.exitCode().orElse(0);
  }

  private static void pause(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
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
