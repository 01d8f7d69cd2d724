package io.meanfield.pipeline.page;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import io.meanfield.report.page.Block;
import io.meanfield.report.page.Cell;
import io.meanfield.report.page.Column;
import io.meanfield.report.page.DataTable;
import io.meanfield.report.page.Paragraph;
import io.meanfield.report.page.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What determines the result: the command, data, versions and settings. */
final class RecordSection {
  private static final List<Column> NAME_AND_VALUE =
      List.of(Column.text("name"), Column.text("value"));

  private RecordSection() {}

  static Optional<Section> of(RunRecord run) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Paragraph(RepeatCommand.sentence(run)));
    add(blocks, "Data", run, "data");
    add(blocks, "Versions", run, "versions");
    blocks.add(table("Identity", identity(run)));
    run.manifest()
        .section("settings")
        .ifPresent(settings -> blocks.add(table("Settings", values(settings))));
    return Optional.of(new Section("record", "Record", blocks));
  }

  private static Map<String, String> identity(RunRecord run) {
    Map<String, String> identity = new TreeMap<>();
    for (String key :
        List.of("command", "seed", "workers", "engine", "kernels", "device", "from")) {
      Config json = run.manifest().json();
      if (json.hasPath(key)) {
        identity.put(key, text(json.getValue(key)));
      }
    }
    return identity;
  }

  private static void add(List<Block> blocks, String caption, RunRecord run, String section) {
    run.manifest()
        .section(section)
        .map(RecordSection::values)
        .filter(values -> !values.isEmpty())
        .ifPresent(values -> blocks.add(table(caption, values)));
  }

  private static Map<String, String> values(Config config) {
    Map<String, String> values = new TreeMap<>();
    config.entrySet().forEach(entry -> values.put(entry.getKey(), text(entry.getValue())));
    return values;
  }

  private static String text(ConfigValue value) {
    return value.unwrapped() instanceof String text
        ? text
        : value.render(ConfigRenderOptions.concise());
  }

  private static DataTable table(String caption, Map<String, String> values) {
    return new DataTable(
        caption,
        NAME_AND_VALUE,
        values.entrySet().stream()
            .map(entry -> List.of(Cell.of(entry.getKey()), Cell.of(entry.getValue())))
            .toList());
  }
}
