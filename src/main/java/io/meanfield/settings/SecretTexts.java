package io.meanfield.settings;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.meanfield.error.Redaction;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds texts in settings that are locations with a user, a password or parameters. They are
 * refused, because run.json records all settings but the options of data sources.
 */
final class SecretTexts {
  private static final String OPTIONS = "options";

  private SecretTexts() {}

  /** Returns a message for each such text, in the order of the keys. */
  static Stream<String> problems(ConfigObject settings) {
    return settings.keySet().stream()
        .sorted()
        .flatMap(key -> in(Setting.in(settings, key, key)))
        .map(
            setting ->
                setting.expected(
                    "a location without user, password and parameters (docs/clusters.md#secrets"
                        + " tells where to keep them)",
                    "some of them"));
  }

  private static Stream<Setting> in(Setting setting) {
    return setting.written().stream().flatMap(value -> in(setting, value));
  }

  private static Stream<Setting> in(Setting setting, ConfigValue value) {
    String path = setting.path();
    if (value instanceof ConfigObject object) {
      return object.keySet().stream()
          .filter(key -> !key.equals(OPTIONS))
          .sorted()
          .flatMap(key -> in(Setting.in(object, key, path + "." + key)));
    }
    if (value instanceof ConfigList list) {
      return IntStream.range(0, list.size())
          .boxed()
          .flatMap(i -> in(element(path + "[" + i + "]", list.get(i))));
    }
    return Stream.of(setting)
        .filter(text -> text.asString().filter(Redaction::isNeededFor).isPresent());
  }

  private static Setting element(String path, ConfigValue value) {
    return new Setting(path, Optional.of(value), value.origin());
  }
}
