package io.meanfield.cli;

import io.meanfield.cli.command.JobCommand;
import io.meanfield.engine.Engines;
import io.meanfield.error.Printable;
import io.meanfield.pipeline.play.PlayJob;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.train.Progress;
import io.meanfield.train.history.EpochResult;
import io.meanfield.train.history.TrainingListener;
import io.meanfield.train.history.TrainingState;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.Command;

@Command(
    name = "play",
    mixinStandardHelpOptions = true,
    description =
        "Train a deep Q-network in the environment of the settings, and write model and episodes"
            + " into a run. The same command continues a run that was interrupted.",
    footer = {"", "Example: scripts/submit play --conf jobs/lesson/dqn.conf --run-id dqn-1"})
final class PlayCommand extends JobCommand {

  /** Prints a line for each epoch. */
  private record EpochLines(PrintWriter out, int epochs) implements TrainingListener {
    @Override
    public void engineChosen(Engines.Selection engine) {
      print("engine   " + engine.engine().id() + ": " + engine.reason());
    }

    @Override
    public void epochEnded(EpochResult epoch, Optional<TrainingState> state) {
      print(Progress.lineOfPlay(epoch, epochs));
    }

    private void print(String line) {
      Printable.println(out, line);
      out.flush();
    }
  }

  @Override
  public Outcome run(JobContext job) {
    EpochLines lines = new EpochLines(forPeople(), PlayJob.epochs(job));
    return new PlayJob(job, lines).run();
  }
}
