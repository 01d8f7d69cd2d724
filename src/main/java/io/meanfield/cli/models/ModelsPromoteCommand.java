package io.meanfield.cli.models;

import io.meanfield.cli.command.CommandOutput;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.registry.ModelVersion;
import io.meanfield.registry.RegisteredModel;
import io.meanfield.registry.Registry;
import io.meanfield.registry.VersionReference;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "promote",
    mixinStandardHelpOptions = true,
    description = "Make a version the champion: the version that NAME@champion names.",
    footer = {"", "Example: scripts/submit models promote mnist@3 --reason 'better on new scans'"})
final class ModelsPromoteCommand extends RegistryCommand {
  @Parameters(paramLabel = "NAME@VERSION", description = "The version.")
  private String version;

  @Option(
      names = "--compared-with",
      paramLabel = "N",
      description =
          "Promote only if this version is the champion. Default: the champion at this moment.")
  private Integer comparedWith;

  @Mixin private CauseOptions cause;

  @Override
  CommandOutput output(Registry registry, JobSettings settings) {
    registry.requireWritable(settings.run().singleWriter());
    ModelVersion promoted = registry.resolve(VersionReference.parse(version));
    RegisteredModel model = registry.model(promoted.name().model());
    Optional<Integer> expected =
        Optional.ofNullable(comparedWith).or(() -> model.history().champion());
    return ChangeReport.output(
        model,
        expected,
        model.promote(promoted.number(), expected, cause.cause()),
        settings.tracking());
  }
}
