package io.meanfield.cli;

import io.meanfield.pipeline.JobSettings;
import io.meanfield.registry.ModelVersion;
import io.meanfield.registry.RegisteredModel;
import io.meanfield.registry.Registry;
import io.meanfield.registry.VersionReference;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
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

  /** The result of the verification; intact if there are no damages. */
  record Verification(List<String> versions, List<String> damages) {}

  @Override
  Answer answer(Registry registry, JobSettings settings) {
    if (VersionReference.matches(name)) {
      ModelVersion version = registry.resolve(VersionReference.parse(name));
      return answer(List.of(version), version.damages());
    }
    RegisteredModel model = registry.model(name);
    List<ModelVersion> versions = model.versions();
    List<String> damages =
        Stream.concat(
                model.missing().stream(), versions.stream().flatMap(v -> v.damages().stream()))
            .toList();
    return answer(versions, damages);
  }

  private static Answer answer(List<ModelVersion> versions, List<String> damages) {
    List<String> lines = new ArrayList<>();
    versions.forEach(version -> lines.add("verified " + version.name()));
    damages.forEach(damage -> lines.add("damage   " + damage));
    lines.add("done     versions: " + versions.size() + ", damages: " + damages.size());
    return new Answer(
        damages.isEmpty() ? 0 : 1,
        lines,
        new Verification(
            versions.stream().map(version -> version.name().toString()).toList(), damages));
  }
}
