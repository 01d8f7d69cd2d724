package io.meanfield.cli.models;

import io.meanfield.cli.command.CommandOutput;
import io.meanfield.pipeline.run.JobSettings;
import io.meanfield.registry.RegisteredModel;
import io.meanfield.registry.Registry;
import io.meanfield.registry.VersionReference;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

@Command(
    name = "alias",
    mixinStandardHelpOptions = true,
    description = "Give a version an alias, or remove an alias.",
    footer = {
      "",
      "Example: scripts/submit models alias mnist@3 shadow --reason 'runs beside the champion'",
      "         scripts/submit models alias mnist@shadow --remove --reason 'no longer needed'"
    })
final class ModelsAliasCommand extends RegistryCommand {
  @Parameters(index = "0", paramLabel = "NAME@VERSION", description = "The version.")
  private String version;

  @Parameters(index = "1", arity = "0..1", paramLabel = "ALIAS", description = "The new alias.")
  private Optional<String> alias = Optional.empty();

  @Option(names = "--remove", description = "Remove the alias with which the version is named.")
  private boolean remove;

  @Mixin private CauseOptions cause;

  @Override
  CommandOutput output(Registry registry, JobSettings settings) {
    if (alias.isPresent() == remove) {
      throw new ParameterException(
          spec().commandLine(), "expected either ALIAS, or --remove with NAME@ALIAS");
    }
    registry.requireWritable(settings.run().singleWriter());
    VersionReference reference = VersionReference.parse(version);
    RegisteredModel model = registry.model(reference.model());
    return ChangeReport.output(
        model.name(),
        alias
            .map(
                added -> model.setAlias(added, registry.resolve(reference).number(), cause.cause()))
            .orElseGet(() -> model.removeAlias(reference.selector(), cause.cause())));
  }
}
