package io.meanfield.pipeline;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigUtil;
import io.meanfield.error.Redaction;
import java.util.List;
import java.util.Set;

/**
 * Settings as a run records them: without the secret options of data sources, such as the password
 * of a database, which are given again when the run continues; and without the placement of the
 * workers, which is no part of the model and is chosen anew at every start.
 */
public final class RecordedSettings {
  private static final List<String> OPTIONS = List.of("data.train.options", "data.test.options");
  private static final String WORKERS_PER_TASK = "train.workers-per-task";
  // With a larger number, workers average inside a group, which is part of the model.
  private static final Set<String> PLACEMENTS = Set.of("auto", "1");

  private RecordedSettings() {}

  /** Returns the settings without secrets and placement. */
  static Config of(Config settings) {
    Config recorded = withoutPlacement(settings, "");
    for (String path : secrets(settings)) {
      recorded = recorded.withoutPath(path);
    }
    return recorded;
  }

  /**
   * Returns a configuration without the placement of the workers.
   *
   * @param prefix the path of the settings in it, with a dot at the end, or empty
   */
  static Config withoutPlacement(Config config, String prefix) {
    String path = prefix + WORKERS_PER_TASK;
    return config.hasPath(path) && PLACEMENTS.contains(config.getValue(path).unwrapped().toString())
        ? config.withoutPath(path)
        : config;
  }

  /** Returns recorded settings with the secrets of other settings. */
  static Config withSecretsOf(Config other, Config recorded) {
    Config complete = recorded;
    for (String path : secrets(other)) {
      complete = complete.withValue(path, other.getValue(path));
    }
    return complete;
  }

  /** Returns the paths of the secrets in settings. */
  public static List<String> secrets(Config settings) {
    return OPTIONS.stream()
        .filter(settings::hasPath)
        .flatMap(
            section ->
                settings.getConfig(section).entrySet().stream()
                    .filter(option -> isSecret(option.getKey()))
                    .map(option -> section + "." + option.getKey()))
        .sorted()
        .toList();
  }

  private static boolean isSecret(String path) {
    return Redaction.isSecret(String.join(".", ConfigUtil.splitPath(path)));
  }
}
