package io.meanfield.cli;

import io.meanfield.pipeline.JobSettings;
import io.meanfield.registry.ModelVersion;
import io.meanfield.registry.Registry;
import io.meanfield.registry.VersionReference;
import io.meanfield.report.MarkdownTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    description = "Compare settings, data, code and metrics of two versions.",
    footer = {"", "Example: scripts/submit models diff mnist@2 mnist@champion"})
final class ModelsDiffCommand extends RegistryCommand {
  private static final List<String> COMPARED =
      List.of("settings", "data", "seed", "workers", "engine", "kernels", "from", "versions");

  @Parameters(index = "0", paramLabel = "NAME@VERSION", description = "The first version.")
  private String first;

  @Parameters(index = "1", paramLabel = "NAME@VERSION", description = "The second version.")
  private String second;

  /** A metric of both versions. */
  record MetricDifference(String metric, Optional<Double> first, Optional<Double> second) {
    static MetricDifference of(
        String metric, Map<String, Double> first, Map<String, Double> second) {
      return new MetricDifference(
          metric, Optional.ofNullable(first.get(metric)), Optional.ofNullable(second.get(metric)));
    }

    List<String> cells() {
      Optional<Double> change = first.flatMap(a -> second.map(b -> b - a));
      return List.of(
          metric,
          first.map(MetricDifference::text).orElse(""),
          second.map(MetricDifference::text).orElse(""),
          change.map(MetricDifference::text).orElse(""));
    }

    private static String text(double value) {
      return String.format(Locale.ROOT, "%.6g", value);
    }
  }

  /**
   * The differences.
   *
   * @param entries sentences about entries of the manifests that differ
   */
  record Difference(
      String first, String second, List<String> entries, List<MetricDifference> metrics) {}

  @Override
  CommandOutput output(Registry registry, JobSettings settings) {
    ModelVersion a = registry.resolve(VersionReference.parse(first));
    ModelVersion b = registry.resolve(VersionReference.parse(second));
    Difference difference =
        new Difference(
            a.name().toString(),
            b.name().toString(),
            a.run().differences(b.run(), COMPARED),
            metrics(a.metrics(), b.metrics()));
    return CommandOutput.done(lines(difference), difference);
  }

  private static List<MetricDifference> metrics(Map<String, Double> a, Map<String, Double> b) {
    TreeSet<String> names = new TreeSet<>(a.keySet());
    names.addAll(b.keySet());
    return names.stream().map(name -> MetricDifference.of(name, a, b)).toList();
  }

  private static List<String> lines(Difference difference) {
    List<String> lines = new ArrayList<>(difference.entries());
    lines.add("");
    lines.addAll(
        new MarkdownTable(
                List.of("metric", difference.first(), difference.second(), "change"),
                difference.metrics().stream().map(MetricDifference::cells).toList())
            .lines());
    return lines;
  }
}
