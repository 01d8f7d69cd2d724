package io.meanfield.cli;

import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.train.Progress;
import io.meanfield.pipeline.train.TrainJob;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description =
        "Train the network of the settings on data.train, and write model and history into a run."
            + " The same command continues a run that was interrupted.",
    footer = {"", "Example: scripts/submit train --conf jobs/mnist-train.conf --run-id mnist-1"})
final class TrainCommand extends TrainingCommand {
  @Option(
      names = "--extend",
      description = "Train a finished run for more epochs, up to the current train.epochs.")
  private boolean extend;

  @Option(
      names = "--from",
      paramLabel = "MODEL",
      description =
          "Start from the weights of another run, a model.zip, a version such as NAME@champion, or"
              + " an .npz file (see the command weights).")
  private String from;

  @Override
  Outcome train(JobContext job, Progress shown) {
    TrainJob.Options options = new TrainJob.Options(extend, Optional.ofNullable(from));
    return new TrainJob(job, options, shown).run();
  }
}
