package io.meanfield.settings;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.meanfield.error.Redaction;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes recorded settings for people, without secrets. A job records no secrets, but run.json may
 * have been edited by hand.
 */
public final class RedactedSetting {
  private RedactedSetting() {}

  /** Returns the value of a setting as settings files have it: a text in quotes. */
  public static String hocon(String path, ConfigValue value) {
    return isSecret(path)
        ? Redaction.HIDDEN
        : ConfigValueFactory.fromAnyRef(redacted(value)).render(ConfigRenderOptions.concise());
  }

  /** Returns the value of a setting for a table: a text without quotes. */
  public static String text(String path, ConfigValue value) {
    return value.unwrapped() instanceof String text && !isSecret(path)
        ? Redaction.of(text)
        : hocon(path, value);
  }

  private static boolean isSecret(String path) {
    return ConfigUtil.splitPath(path).stream().anyMatch(Redaction::isSecret);
  }

  private static Object redacted(ConfigValue value) {
    if (value instanceof ConfigObject object) {
      Map<String, Object> entries = new LinkedHashMap<>();
      object.forEach(
          (key, entry) ->
              entries.put(key, Redaction.isSecret(key) ? Redaction.HIDDEN : redacted(entry)));
      return entries;
    }
    if (value instanceof ConfigList list) {
      return list.stream().map(RedactedSetting::redacted).toList();
    }
    return value.unwrapped() instanceof String text ? Redaction.of(text) : value.unwrapped();
  }
}
