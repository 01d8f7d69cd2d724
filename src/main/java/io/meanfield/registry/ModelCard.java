package io.meanfield.registry;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import io.meanfield.store.Manifest;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Writes the model card: a description of a version in Markdown, from its manifest. */
final class ModelCard {
  private ModelCard() {}

  static String of(ModelVersion version) {
    return "# "
        + version.name()
        + "\n\n"
        + origin(version)
        + "\n## Metrics\n\n"
        + metrics(version)
        + "\n## Data\n\n"
        + data(version.run())
        + "\n## Settings\n\n```\n"
        + version.settings().root().render(hocon())
        + "```\n\n## Reproduction\n\n`scripts/submit models reproduce "
        + version.name()
        + "` trains the version again and compares the bits.\n";
  }

  private static String origin(ModelVersion version) {
    Manifest run = version.run();
    StringBuilder lines = new StringBuilder();
    append(lines, "created", Optional.of(version.created().toString()));
    append(lines, "run", Optional.of(version.runId()));
    append(lines, "trained from", run.string("from"));
    append(lines, "weights", version.weightsSha256().map(sha256 -> "sha256 " + sha256));
    append(lines, "engine", run.string("engine"));
    append(lines, "kernels", run.string("kernels"));
    append(lines, "Meanfield", run.string("versions.meanfield"));
    append(lines, "commit", run.string("versions.git_commit"));
    return lines.toString();
  }

  private static void append(StringBuilder lines, String name, Optional<String> value) {
    value.ifPresent(text -> lines.append("- ").append(name).append(": ").append(text).append('\n'));
  }

  private static String metrics(ModelVersion version) {
    StringBuilder table = new StringBuilder("| metric | value |\n|---|---|\n");
    version
        .metrics()
        .forEach(
            (metric, value) ->
                table.append(String.format(Locale.ROOT, "| %s | %.6g |%n", metric, value)));
    return table.toString();
  }

  private static String data(Manifest run) {
    StringBuilder table = new StringBuilder("| data | value |\n|---|---|\n");
    Optional<Config> data = run.section("data");
    data.ifPresent(
        section ->
            section.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(
                    entry ->
                        table.append(
                            String.format(
                                Locale.ROOT,
                                "| %s | %s |%n",
                                entry.getKey(),
                                entry.getValue().unwrapped()))));
    return table.toString();
  }

  private static ConfigRenderOptions hocon() {
    return ConfigRenderOptions.defaults()
        .setOriginComments(false)
        .setComments(false)
        .setJson(false);
  }
}
