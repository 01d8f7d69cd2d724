package io.meanfield.cli;

import io.meanfield.cli.command.JobCommand;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.score.DataSplit;
import io.meanfield.pipeline.score.PrepareJob;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "prepare",
    mixinStandardHelpOptions = true,
    description =
        "Read data.train or data.test once and write it as Parquet into a run, from which"
            + " other runs read it (data.format = prepared).",
    footer = {
      "",
      "Example: scripts/submit prepare --conf jobs/mnist-train.conf --run-id digits",
      "then     scripts/submit train --conf jobs/mnist-train.conf \\",
      "           --set data.format=prepared --set data.train.name=digits"
    })
final class PrepareCommand extends JobCommand {
  @Option(
      names = "--split",
      paramLabel = "SPLIT",
      defaultValue = "train",
      description = "The data set to use: train or test. Default: ${DEFAULT-VALUE}.")
  private DataSplit split;

  @Option(
      names = "--encodings-from",
      paramLabel = "RUN",
      description =
          "Encode categories and labels with the vocabularies of this run. For test data: the run"
              + " that prepared the training data.")
  private String encodingsFrom;

  @Override
  public Outcome run(JobContext job) {
    return new PrepareJob(job, split, Optional.ofNullable(encodingsFrom)).run();
  }
}
