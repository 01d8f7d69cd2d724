package io.meanfield.pipeline.page;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import io.meanfield.report.page.Block;
import io.meanfield.report.page.Table;
import io.meanfield.settings.ShortLists;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What determines the result: the command, data, versions and settings. */
final class RecordSection {
  private RecordSection() {}

  static List<Block> blocks(RunRecord run) {
    List<Block> blocks = new ArrayList<>();
    add(blocks, "Data", run, "data");
    add(blocks, "Versions", run, "versions");
    Map<String, String> identity = new TreeMap<>();
    for (String key : List.of("command", "seed", "workers", "engine", "kernels", "from")) {
      Config json = run.manifest().json();
      if (json.hasPath(key)) {
        identity.put(key, text(json.getValue(key)));
      }
    }
    blocks.add(new Block.Folded(table("Identity", identity)));
    add(blocks, "Settings", run, "settings");
    return blocks;
  }

  private static void add(List<Block> blocks, String caption, RunRecord run, String section) {
    Map<String, String> values = new TreeMap<>();
    run.manifest()
        .section(section)
        .ifPresent(
            config ->
                config
                    .entrySet()
                    .forEach(entry -> values.put(entry.getKey(), text(entry.getValue()))));
    if (!values.isEmpty()) {
      blocks.add(new Block.Folded(table(caption, values)));
    }
  }

  private static String text(ConfigValue value) {
    return value.unwrapped() instanceof String text
        ? text
        : ShortLists.of(value.render(ConfigRenderOptions.concise()));
  }

  /** Returns a table of names and their values. */
  static Table table(String caption, Map<String, String> values) {
    return new Table.Columns<Map.Entry<String, String>>()
        .text("name", Map.Entry::getKey)
        .text("value", Map.Entry::getValue)
        .of(caption, values.entrySet());
  }
}
