package io.meanfield.tracking.mlflow;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import io.meanfield.store.Manifest;
import io.meanfield.tracking.mlflow.MlflowApi.KeyValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The parameters of a run: what its manifest says about data, settings and versions. */
final class RunParameters {
  // Tags of the run, what says nothing about it, and what repeats the settings.
  private static final List<String> LEFT_OUT =
      List.of("run_id", "command", "schema_version", "requested");
  private static final String SETTINGS = "settings.";

  private RunParameters() {}

  /** Returns the parameters of a run, by key. */
  static List<KeyValue> of(Manifest manifest) {
    Map<String, String> parameters = new TreeMap<>();
    manifest
        .json()
        .entrySet()
        .forEach(
            entry -> {
              List<String> path = ConfigUtil.splitPath(entry.getKey());
              if (!LEFT_OUT.contains(path.get(0))) {
                parameters.put(key(String.join(".", path)), text(entry.getValue()));
              }
            });
    List<KeyValue> list = new ArrayList<>();
    parameters.forEach((key, value) -> list.add(MlflowText.param(key, value)));
    return list;
  }

  private static String key(String path) {
    return path.startsWith(SETTINGS) ? path.substring(SETTINGS.length()) : path;
  }

  private static String text(ConfigValue value) {
    return Optional.of(value.unwrapped())
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .orElseGet(() -> value.render(ConfigRenderOptions.concise()));
  }
}
