package io.meanfield.cli.models;

import io.meanfield.cli.command.CommandOutput;
import io.meanfield.pipeline.run.JobSettings;
import io.meanfield.registry.Registry;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

@Command(
    name = "prune",
    mixinStandardHelpOptions = true,
    description =
        "Delete old versions. Keeps the champion, the earlier champions to which it can be rolled"
            + " back, versions with an alias, and the versions from whose weights a kept one was"
            + " trained. Also deletes temporary files of killed processes.",
    footer = {"", "Example: scripts/submit models prune mnist --keep 30 --reason housekeeping"})
final class ModelsPruneCommand extends RegistryCommand {
  @Parameters(paramLabel = "NAME", description = "The name of the model.")
  private String name;

  @Option(
      names = "--keep",
      required = true,
      paramLabel = "N",
      description = "The number of newest versions that are kept in any case.")
  private int keep;

  @Mixin private CauseOptions cause;

  /** The deleted versions. */
  record Pruned(String model, List<Integer> versions) {}

  @Override
  CommandOutput output(Registry registry, JobSettings settings) {
    if (keep < 1) {
      throw new ParameterException(
          spec().commandLine(), "--keep must be at least 1, found " + keep);
    }
    registry.requireWritable(settings.run().singleWriter());
    List<Integer> pruned = registry.model(name).prune(keep, cause.cause());
    String versions = pruned.stream().map(String::valueOf).collect(Collectors.joining(", "));
    return CommandOutput.done(
        List.of("done     deleted versions: " + (pruned.isEmpty() ? "none" : versions)),
        new Pruned(name, pruned));
  }
}
