package io.meanfield.pipeline.housekeeping;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import io.meanfield.settings.SettingsTree;
import io.meanfield.store.RunDirectory;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The details of one run.
 *
 * @param settings the settings that are not the defaults, by key
 * @param tables the sizes of its tables in bytes, by name
 * @param checkpoints the sizes of its checkpoints in bytes, by file
 */
public record RunDetails(
    RunSummary run,
    SortedMap<String, String> settings,
    SortedMap<String, Long> tables,
    SortedMap<String, Long> checkpoints) {
  private static final String CHECKPOINTS = "checkpoints";

  /** Reads the details of a run. */
  public static RunDetails of(RunSummary run) {
    return new RunDetails(
        run,
        run.manifest().section("settings").map(RunDetails::chosen).orElseGet(TreeMap::new),
        sizes(run.directory(), RunDirectory.TABLES),
        sizes(run.directory(), CHECKPOINTS));
  }

  /** Returns the settings that are not the defaults, as settings files have them, by key. */
  public static SortedMap<String, String> chosen(Config settings) {
    Config defaults = SettingsTree.overDefaults(ConfigFactory.empty()).config();
    SortedMap<String, String> chosen = new TreeMap<>();
    settings.entrySet().stream()
        .filter(
            entry ->
                !defaults.hasPath(entry.getKey())
                    || !defaults.getValue(entry.getKey()).equals(entry.getValue()))
        .forEach(
            entry ->
                chosen.put(entry.getKey(), entry.getValue().render(ConfigRenderOptions.concise())));
    return chosen;
  }

  private static SortedMap<String, Long> sizes(RunDirectory run, String directory) {
    SortedMap<String, Long> sizes = new TreeMap<>();
    run.list(directory).forEach(name -> sizes.put(name, run.usage().bytes(directory + "/" + name)));
    return sizes;
  }
}
