package io.meanfield.cli.models;

import io.meanfield.cli.command.CommandOutput;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.registry.ModelVersion;
import io.meanfield.registry.NewVersion;
import io.meanfield.registry.RegisteredModel;
import io.meanfield.registry.Registry;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.Runs;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

  /**
   * A registered version.
   *
   * @param notes sentences about what the version lacks
   */
  record Registered(String model, int version, String runId, String path, List<String> notes) {}

  @Override
  CommandOutput output(Registry registry, JobSettings settings) {
    registry.requireWritable(settings.run().singleWriter());
    RegisteredModel model = registry.model(name);
    ModelVersion version = model.register(NewVersion.of(name, run(registry, settings)));
    List<String> notes = notes(version);
    List<String> lines = new ArrayList<>();
    lines.add("version  " + version.name());
    lines.add("files    " + version.display());
    notes.forEach(note -> lines.add("note     " + note));
    return CommandOutput.done(
        lines, new Registered(name, version.number(), version.runId(), version.display(), notes));
  }

  // A run of play has no training data.
  private static List<String> notes(ModelVersion version) {
    boolean hasData = version.run().string("data.train.fingerprint").isPresent();
    return hasData && version.readReference().isEmpty()
        ? List.of(
            String.format(
                Locale.ROOT,
                "%s has no profile of its training data: while it is the champion, the data gate of"
                    + " retrain has nothing to compare new data with (schema, rows_change, drift);"
                    + " to register a version with a profile, run the command train with"
                    + " run.profile = true and another --run-id",
                version.name()))
        : List.of();
  }

  private RunDirectory run(Registry registry, JobSettings settings) {
    Runs runs = new Runs(registry.hadoop(), settings.run().directory());
    return runs.existing(run, "the id of a run of train");
  }
}
