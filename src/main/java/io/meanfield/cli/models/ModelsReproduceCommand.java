package io.meanfield.cli.models;

import io.meanfield.cli.command.JobCommand;
import io.meanfield.pipeline.retrain.ReproduceJob;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.train.Progress;
import io.meanfield.registry.VersionReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "reproduce",
    mixinStandardHelpOptions = true,
    description =
        "Train a version again from its manifest, in a run of its own, and say whether the bits are"
            + " equal.",
    footer = {
      "",
      "Example: scripts/submit models reproduce mnist@champion",
      "Exit codes: 0 equal bits, 1 other bits or other data, 2 wrong settings or arguments,",
      "4 the run belongs to another process, 130 interrupted."
    })
final class ModelsReproduceCommand extends JobCommand {
  @Parameters(paramLabel = "NAME@VERSION", description = "The version: NAME@champion or NAME@3.")
  private String version;

  @Override
  public Outcome run(JobContext job) {
    VersionReference reference = VersionReference.parse(version);
    ReproduceJob reproduced = new ReproduceJob(job, reference);
    return reproduced.run(Progress.lines(reproduced.epochs(), forPeople()));
  }
}
