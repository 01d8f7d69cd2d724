package io.meanfield.settings;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.meanfield.error.Redaction;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds texts in settings that contain a password. They are refused, because run.json records all
 * settings.
 */
final class SecretTexts {
  private SecretTexts() {}

  /** Returns a message for each text with a password, in the order of the keys. */
  static Stream<String> problems(ConfigObject settings) {
    return settings.keySet().stream()
        .sorted()
        .flatMap(key -> in(Setting.in(settings, key, key)))
        .map(
            setting ->
                setting.expected(
                    "a location without a password or signature (docs/clusters.md#secrets tells"
                        + " where to keep them)"));
  }

  private static Stream<Setting> in(Setting setting) {
    return setting.written().stream().flatMap(value -> in(setting, value));
  }

  private static Stream<Setting> in(Setting setting, ConfigValue value) {
    String path = setting.path();
    if (value instanceof ConfigObject object) {
      return object.keySet().stream()
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
