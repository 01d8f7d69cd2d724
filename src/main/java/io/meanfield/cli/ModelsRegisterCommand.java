package io.meanfield.cli;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.pipeline.JobSettings;
import io.meanfield.registry.ModelVersion;
import io.meanfield.registry.NewVersion;
import io.meanfield.registry.RegisteredModel;
import io.meanfield.registry.Registry;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunId;
import io.meanfield.store.Runs;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "register",
    mixinStandardHelpOptions = true,
    description =
        "Register the model of a finished run as the next version. The same run gives the same"
            + " version.",
    footer = {"", "Example: scripts/submit models register mnist --run mnist-1"})
final class ModelsRegisterCommand extends RegistryCommand {
  @Parameters(paramLabel = "NAME", description = "The name of the model.")
  private String name;

  @Option(
      names = "--run",
      required = true,
      paramLabel = "RUN",
      description = "The id of the run of train.")
  private String run;

  /** A registered version. */
  record Registered(String model, int version, String runId, String path) {}

  @Override
  Answer answer(Registry registry, JobSettings settings) {
    registry.requireWritable(settings.run().singleWriter());
    RegisteredModel model = registry.model(name);
    ModelVersion version = model.register(NewVersion.of(name, run(registry, settings)));
    return Answer.done(
        List.of("version  " + version.name(), "files    " + version.display()),
        new Registered(name, version.number(), version.runId(), version.display()));
  }

  private RunDirectory run(Registry registry, JobSettings settings) {
    Runs runs = new Runs(registry.hadoop(), settings.run().directory());
    return runs.find(new RunId(run))
        .orElseThrow(
            () ->
                new UserException(
                    ErrorCode.WRONG_ARGUMENTS,
                    "there is no run "
                        + run
                        + " in "
                        + runs.display()
                        + "; expected the id of a run of train"));
  }
}
