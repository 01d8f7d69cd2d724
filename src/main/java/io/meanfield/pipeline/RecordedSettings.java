package io.meanfield.pipeline;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigUtil;
import io.meanfield.error.Redaction;
import java.util.List;

/**
 * Settings as a run records them: without the secret options of data sources, such as the password
 * of a database. They are given again when the run continues.
 */
public final class RecordedSettings {
  private static final List<String> OPTIONS = List.of("data.train.options", "data.test.options");

  private RecordedSettings() {}

  /** Returns the settings without secrets. */
  static Config of(Config settings) {
    Config recorded = settings;
    for (String path : secrets(settings)) {
      recorded = recorded.withoutPath(path);
    }
    return recorded;
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
