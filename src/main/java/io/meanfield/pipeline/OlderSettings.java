package io.meanfield.pipeline;

import io.meanfield.store.Manifest;
import java.util.Map;

/** The settings of training that older versions lacked, with the values that they worked by. */
final class OlderSettings {
  private static final String TRAIN = "settings.train";
  private static final Map<String, Object> ADDED =
      Map.of(TRAIN + ".threshold", 0.5, TRAIN + ".early-stopping.monitor", "loss");

  private OlderSettings() {}

  /**
   * Returns the manifest of a run with those of these settings that {@code wanted}, a manifest of
   * the same run, has, so that the run can continue.
   */
  static Manifest completed(Manifest found, Manifest wanted) {
    Manifest completed = found;
    for (Map.Entry<String, Object> setting : ADDED.entrySet()) {
      String key = setting.getKey();
      if (wanted.json().hasPath(key) && !found.json().hasPath(key)) {
        completed = completed.with(key, setting.getValue());
      }
    }
    return completed;
  }
}
