package io.meanfield.pipeline;

import io.meanfield.store.Manifest;
import java.util.Map;

/** The settings of training that older versions lacked, with the values that they worked by. */
final class OlderSettings {
  private static final String TRAIN = "settings.train";
  private static final Map<String, Object> ADDED =
      Map.of(TRAIN + ".threshold", 0.5, TRAIN + ".early-stopping.monitor", "loss");

  private OlderSettings() {}

  /** Returns the manifest of a run with these settings, so that the run can continue. */
  static Manifest completed(Manifest found) {
    Manifest completed = found;
    if (found.section(TRAIN).isPresent()) {
      for (Map.Entry<String, Object> setting : ADDED.entrySet()) {
        if (!found.json().hasPath(setting.getKey())) {
          completed = completed.with(setting.getKey(), setting.getValue());
        }
      }
    }
    return completed;
  }
}
