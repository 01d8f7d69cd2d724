package io.meanfield.cli.models;

import io.meanfield.cli.command.CommandOutput;
import io.meanfield.pipeline.run.JobSettings;
import io.meanfield.registry.Registry;
import io.meanfield.registry.Verification;
import io.meanfield.registry.VersionReference;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description =
        "Read every file of a model's versions, or of one version, and compare it with its"
            + " checksum; read every entry of the history.",
    footer = {
      "",
      "Example: scripts/submit models verify mnist",
      "Exit codes: 0 intact, 1 damaged, 2 wrong settings or arguments."
    })
final class ModelsVerifyCommand extends RegistryCommand {
  @Parameters(
      paramLabel = "NAME[@VERSION]",
      description = "The name of a model, or a version: NAME@champion, NAME@3 or NAME@ALIAS.")
  private String name;

  @Override
  CommandOutput output(Registry registry, JobSettings settings) {
    Verification verification =
        VersionReference.matches(name)
            ? Verification.of(registry.resolve(VersionReference.parse(name)))
            : registry.model(name).verify();
    List<String> damages = verification.damages();
    List<String> lines = new ArrayList<>();
    verification.versions().forEach(version -> lines.add("verified " + version));
    damages.forEach(damage -> lines.add("damage   " + damage));
    lines.add(
        "done     versions: " + verification.versions().size() + ", damages: " + damages.size());
    return new CommandOutput(damages.isEmpty() ? 0 : 1, lines, verification);
  }
}
