package io.meanfield.cli.models;

import com.typesafe.config.ConfigRenderOptions;
import io.meanfield.cli.command.CommandOutput;
import io.meanfield.cli.command.RunText;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.registry.History;
import io.meanfield.registry.HistoryEntry;
import io.meanfield.registry.ModelVersion;
import io.meanfield.registry.RegisteredModel;
import io.meanfield.registry.Registry;
import io.meanfield.registry.VersionReference;
import io.meanfield.report.MarkdownTable;
import io.meanfield.settings.ShortLists;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Show the history of a model, or the metrics and settings of a version.",
    footer = {
      "",
      "Example: scripts/submit models show mnist",
      "         scripts/submit models show mnist@champion"
    })
final class ModelsShowCommand extends RegistryCommand {
  @Parameters(
      paramLabel = "NAME[@VERSION]",
      description = "The name of a model, or a version: NAME@champion or NAME@3.")
  private String name;

  private static final ConfigRenderOptions HOCON =
      ConfigRenderOptions.defaults().setOriginComments(false).setComments(false).setJson(false);

  /** A model. */
  record ShownModel(String model, Optional<Integer> champion, List<HistoryEntry> history) {}

  /** A version. */
  record ShownVersion(String model, int version, Map<String, Object> manifest) {}

  @Override
  CommandOutput output(Registry registry, JobSettings settings) {
    return VersionReference.matches(name)
        ? version(registry.resolve(VersionReference.parse(name)))
        : model(registry.model(name));
  }

  private static CommandOutput version(ModelVersion version) {
    return CommandOutput.done(
        lines(version),
        new ShownVersion(
            version.name().model(),
            version.number(),
            version.manifest().json().root().unwrapped()));
  }

  private static List<String> lines(ModelVersion version) {
    List<String> lines = new ArrayList<>();
    lines.add("version  %s of run %s".formatted(version.name(), version.runId()));
    lines.add("created  " + RunText.time(version.created()));
    version.run().string("from").ifPresent(from -> lines.add("from     " + from));
    version.weightsSha256().ifPresent(sum -> lines.add("weights  sha256 " + sum));
    lines.add("files    " + version.display());
    version
        .metrics()
        .forEach(
            (metric, value) ->
                lines.add(String.format(Locale.ROOT, "metric   %s %.6g", metric, value)));
    lines.addAll(ShortLists.of(version.settings().root()).render(HOCON).lines().toList());
    return lines;
  }

  private static CommandOutput model(RegisteredModel model) {
    History history = model.history();
    List<String> lines = new ArrayList<>();
    lines.add(
        "champion  %s"
            .formatted(
                history.champion().map(number -> model.name() + "@" + number).orElse("none")));
    lines.add("");
    lines.addAll(
        new MarkdownTable(
                List.of("entry", "time", "change", "version", "before", "actor", "run", "reason"),
                history.entries().stream().map(ModelsShowCommand::cells).toList())
            .lines());
    return CommandOutput.done(
        lines, new ShownModel(model.name(), history.champion(), history.entries()));
  }

  private static List<String> cells(HistoryEntry entry) {
    return List.of(
        String.valueOf(entry.number()),
        RunText.time(entry.time()),
        entry.change().display(),
        String.valueOf(entry.change().version()),
        entry.change().comparedWith().map(String::valueOf).orElse(""),
        entry.cause().actor(),
        entry.cause().runId().orElse(""),
        entry.cause().reason());
  }
}
