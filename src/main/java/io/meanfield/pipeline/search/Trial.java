package io.meanfield.pipeline.search;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.settings.SettingsTree;
import io.meanfield.store.RunId;
import java.util.stream.Collectors;

/**
 * A training with settings of its own.
 *
 * @param number from 0 on
 * @param run the id of its run
 * @param space from which its settings were drawn
 * @param changes the settings that it changes
 * @param settings all settings
 */
record Trial(int number, RunId run, SearchSpace space, Config changes, JobSettings settings) {
  // The page and what it needs would take a part of the time of a small table's training.
  private static final String WITHOUT_PAGE = "run { page = none, baselines = none }";

  /**
   * Returns a trial.
   *
   * @param search the id of the search
   * @param given the settings of the search
   * @throws io.meanfield.error.UserException if the settings of the trial cannot be used
   */
  static Trial of(RunId search, int number, SearchSpace space, JobSettings given) {
    Config changes = space.changes(given.seed(), number);
    Config all =
        ConfigFactory.parseString(WITHOUT_PAGE).withFallback(changes).withFallback(given.config());
    return new Trial(
        number,
        new RunId(search + "-trial-" + number),
        space,
        changes,
        JobSettings.read(SettingsTree.overDefaults(all)));
  }

  /**
   * Returns the changed settings in one line; a value of several parts by its place in the space.
   */
  String text() {
    return changes.isEmpty()
        ? "the settings as they are"
        : space.choices().entrySet().stream()
            .map(choice -> shown(choice.getKey(), choice.getValue()))
            .collect(Collectors.joining(", "));
  }

  private String shown(String key, Choice choice) {
    ConfigValue value = changes.getValue(key);
    String name = key.substring(key.lastIndexOf('.') + 1);
    return choice instanceof Choice.OneOf some
            && (value instanceof ConfigList || value instanceof ConfigObject)
        ? "%s %s of %s".formatted(name, some.values().indexOf(value) + 1, some.values().size())
        : name + " " + value.unwrapped();
  }

  /** Returns the changed settings in JSON. */
  String json() {
    return changes.root().render(ConfigRenderOptions.concise());
  }
}
