package io.meanfield.cli.models;

import io.meanfield.cli.command.CommandOutput;
import io.meanfield.cli.command.RunText;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.registry.History;
import io.meanfield.registry.ModelVersion;
import io.meanfield.registry.RegisteredModel;
import io.meanfield.registry.Registry;
import io.meanfield.report.MarkdownTable;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "List the versions of all models, or of one.",
    footer = {
      "",
      "Example: scripts/submit models list",
      "         scripts/submit models list mnist"
    })
final class ModelsListCommand extends RegistryCommand {
  @Parameters(arity = "0..1", paramLabel = "NAME", description = "The name of a model.")
  private String name;

  /** A version. */
  record Row(
      String model,
      int version,
      boolean champion,
      Instant created,
      String runId,
      Map<String, Double> metrics) {
    static Row of(ModelVersion version, History history) {
      return new Row(
          version.name().model(),
          version.number(),
          history.champion().filter(number -> number == version.number()).isPresent(),
          version.created(),
          version.runId(),
          version.metrics());
    }

    List<String> cells() {
      return List.of(
          model + "@" + version,
          champion ? "champion" : "",
          RunText.time(created),
          runId,
          metrics.entrySet().stream()
              .map(metric -> number(metric.getKey(), metric.getValue()))
              .collect(Collectors.joining(", ")));
    }

    private static String number(String metric, double value) {
      return String.format(Locale.ROOT, "%s %.4g", metric, value);
    }
  }

  /** All versions. */
  record Versions(List<Row> versions) {}

  @Override
  CommandOutput output(Registry registry, JobSettings settings) {
    List<String> names = Optional.ofNullable(name).map(List::of).orElseGet(registry::names);
    List<Row> rows = names.stream().map(registry::model).flatMap(ModelsListCommand::rows).toList();
    List<String> lines =
        rows.isEmpty()
            ? List.of("no model is registered in " + registry.display())
            : new MarkdownTable(
                    List.of("version", "rank", "created", "run", "metrics"),
                    rows.stream().map(Row::cells).toList())
                .lines();
    return CommandOutput.done(lines, new Versions(rows));
  }

  private static Stream<Row> rows(RegisteredModel model) {
    History history = model.history();
    return model.versions().stream().map(version -> Row.of(version, history));
  }
}
