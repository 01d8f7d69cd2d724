package io.meanfield.tracking.mlflow;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import io.meanfield.store.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The parameters of a run: what its manifest says about data, settings and versions. Keys and
 * values keep to the limits of MLflow (mlflow/utils/validation.py).
 */
final class RunParameters {
  // Tags of the run, what says nothing about it, and what repeats the settings.
  private static final List<String> LEFT_OUT =
      List.of("run_id", "command", "schema_version", "requested");
  private static final String SETTINGS = "settings.";
  private static final int MAX_KEY = 250;
  private static final int MAX_PARAM = 6000;
  private static final int MAX_TAG = 5000;

  private RunParameters() {}

  /** Returns the parameters of a run, by key. */
  static List<Map<String, Object>> of(Manifest manifest) {
    Map<String, String> parameters = new TreeMap<>();
    manifest
        .json()
        .entrySet()
        .forEach(
            entry -> {
              List<String> path = ConfigUtil.splitPath(entry.getKey());
              if (!LEFT_OUT.contains(path.get(0))) {
                parameters.put(withoutSettings(String.join(".", path)), text(entry.getValue()));
              }
            });
    List<Map<String, Object>> list = new ArrayList<>();
    parameters.forEach((key, value) -> list.add(pair(key, value, MAX_PARAM)));
    return list;
  }

  private static String withoutSettings(String path) {
    return path.startsWith(SETTINGS) ? path.substring(SETTINGS.length()) : path;
  }

  private static String text(ConfigValue value) {
    return value.unwrapped() instanceof String text
        ? text
        : value.render(ConfigRenderOptions.concise());
  }

  static Map<String, Object> tag(String key, String value) {
    return pair(key, value, MAX_TAG);
  }

  private static Map<String, Object> pair(String key, String value, int length) {
    return Map.of("key", key(key), "value", shortened(value, length));
  }

  /** Returns a key of letters, digits, underscores, dashes, periods and spaces. */
  static String key(String name) {
    return shortened(name.replaceAll("[^A-Za-z0-9_.\\- ]", "_"), MAX_KEY);
  }

  private static String shortened(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length);
  }
}
