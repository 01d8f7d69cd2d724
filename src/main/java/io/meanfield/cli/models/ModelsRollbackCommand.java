package io.meanfield.cli.models;

import io.meanfield.cli.command.CommandOutput;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.registry.History;
import io.meanfield.registry.RegisteredModel;
import io.meanfield.registry.Registry;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "rollback",
    mixinStandardHelpOptions = true,
    description = "Make the previous champion the champion again.",
    footer = {
      "",
      "Example: scripts/submit models rollback mnist --reason 'wrong answers since Monday'",
      "         scripts/submit models rollback mnist --to 2 --reason 'wrong answers'"
    })
final class ModelsRollbackCommand extends RegistryCommand {
  @Parameters(paramLabel = "NAME", description = "The name of the model.")
  private String name;

  @Option(
      names = "--to",
      paramLabel = "N",
      description = "An earlier champion. Default: the one before the current champion.")
  private Integer to;

  @Mixin private CauseOptions cause;

  @Override
  CommandOutput output(Registry registry, JobSettings settings) {
    registry.requireWritable(settings.run().singleWriter());
    RegisteredModel model = registry.model(name);
    History history = model.history();
    int target =
        Optional.ofNullable(to).or(history::previousChampion).orElseThrow(this::noPrevious);
    Optional<Integer> expected = history.champion();
    return ChangeReport.output(
        model, expected, model.rollBack(target, expected, cause.cause()), settings.tracking());
  }

  private UserException noPrevious() {
    return UserException.of(
        ErrorCode.WRONG_ARGUMENTS,
        "%s has no champion before the current one; expected --to N with an earlier champion",
        name);
  }
}
