package io.meanfield.pipeline.compare;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A setting, or another entry of run.json, that is not equal in all compared runs.
 *
 * @param values the values by run, as JSON; a run without the entry is absent
 */
public record SettingRow(String setting, Map<String, String> values) {
  private static final String SETTINGS = "settings.";
  private static final List<String> COMPARED =
      List.of(
          "command",
          "settings",
          "data",
          "seed",
          "workers",
          "engine",
          "kernels",
          "device",
          "from",
          "model",
          "versions");

  /** Returns the entries that differ, by name. */
  static List<SettingRow> differences(List<ComparedRun> runs) {
    Map<String, Map<String, ConfigValue>> byRun = new LinkedHashMap<>();
    runs.forEach(run -> byRun.put(run.name(), entries(run.manifest().json())));
    SortedSet<String> keys = new TreeSet<>();
    byRun.values().forEach(entries -> keys.addAll(entries.keySet()));
    return keys.stream()
        .filter(key -> differs(key, byRun))
        .map(key -> new SettingRow(key, texts(key, byRun)))
        .toList();
  }

  private static Map<String, ConfigValue> entries(Config manifest) {
    Map<String, ConfigValue> entries = new LinkedHashMap<>();
    for (String path : COMPARED) {
      if (manifest.hasPath(path)) {
        manifest
            .withOnlyPath(path)
            .entrySet()
            .forEach(entry -> entries.put(name(entry.getKey()), entry.getValue()));
      }
    }
    return entries;
  }

  private static String name(String key) {
    return key.startsWith(SETTINGS) ? key.substring(SETTINGS.length()) : key;
  }

  // Compares values, not texts: 5 equals 5.0.
  private static boolean differs(String key, Map<String, Map<String, ConfigValue>> byRun) {
    long present = byRun.values().stream().filter(entries -> entries.containsKey(key)).count();
    HashSet<ConfigValue> values = new HashSet<>();
    byRun.values().stream()
        .filter(entries -> entries.containsKey(key))
        .forEach(entries -> values.add(entries.get(key)));
    return present < byRun.size() || values.size() > 1;
  }

  private static Map<String, String> texts(
      String key, Map<String, Map<String, ConfigValue>> byRun) {
    Map<String, String> texts = new LinkedHashMap<>();
    byRun.forEach(
        (run, entries) -> {
          if (entries.containsKey(key)) {
            texts.put(run, entries.get(key).render(ConfigRenderOptions.concise()));
          }
        });
    return texts;
  }
}
