package io.meanfield.pipeline;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import io.meanfield.settings.SettingsTree;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunDirectory;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings that older versions lacked, with the values that give what those versions did, and
 * the placement that they recorded.
 */
final class OlderSettings {
  private static final String SETTINGS = "settings";
  private static final String REQUESTED = "requested"; // of retrain
  private static final String EMBED_ABOVE = "data.columns.embed-above";
  private static final String CHUNK_SIZE = "data.chunk-size";
  // A default of these would give a continued run other inputs or another order of its examples.
  private static final List<String> KEPT = List.of(EMBED_ABOVE, CHUNK_SIZE);
  private static final Map<String, Object> ADDED =
      Map.of(
          "train.threshold",
          0.5,
          "train.early-stopping.monitor",
          "loss",
          "data.bad-rows",
          "refuse",
          EMBED_ABOVE,
          "none",
          CHUNK_SIZE,
          "none",
          "data.columns.embedding-size",
          "auto",
          "train.weight-average",
          "none",
          "train.outliers",
          "keep",
          "data.test-fraction",
          0);

  private OlderSettings() {}

  /**
   * Returns the manifest of a run with those of these settings that {@code wanted}, a manifest of
   * the same run, has, and without the placement of workers, so that the run can continue.
   */
  static Manifest completed(Manifest found, Manifest wanted) {
    Manifest completed = found;
    for (String section : List.of(SETTINGS, REQUESTED)) {
      completed = new Manifest(RecordedSettings.withoutPlacement(completed.json(), section + "."));
      for (Map.Entry<String, Object> setting : ADDED.entrySet()) {
        String key = section + "." + setting.getKey();
        if (wanted.json().hasPath(key) && !found.json().hasPath(key)) {
          completed = completed.with(key, setting.getValue());
        }
      }
    }
    return completed;
  }

  /** Returns the settings that a run recorded, with those of these settings that they lack. */
  static Config completed(Config recorded) {
    Config completed = recorded;
    for (Map.Entry<String, Object> setting : ADDED.entrySet()) {
      if (!recorded.hasPath(setting.getKey())) {
        completed = with(completed, setting.getKey(), setting.getValue());
      }
    }
    return completed;
  }

  /** Returns the context of a job with the settings with which its run, if it exists, continues. */
  static JobContext continued(JobContext job) {
    Optional<Config> recorded =
        job.runs().find(job.id()).map(RunDirectory::manifest).flatMap(run -> run.section(SETTINGS));
    Config given = job.settings().config();
    Config continued = recorded.map(settings -> continued(settings, given)).orElse(given);
    return continued.equals(given)
        ? job
        : job.withSettings(JobSettings.read(SettingsTree.overDefaults(continued)));
  }

  /**
   * Returns settings with which the work continues that other settings began. A default that those
   * lack, and that would give the network other inputs or the examples another order, becomes the
   * value that they worked by.
   */
  static Config continued(Config recorded, Config given) {
    Config continued = given;
    for (String key : KEPT) {
      boolean isDefault = given.getValue(key).equals(defaults().getValue(key));
      if (isDefault && !recorded.hasPath(key)) {
        continued = with(continued, key, ADDED.get(key));
      }
    }
    return continued;
  }

  private static Config defaults() {
    return SettingsTree.overDefaults(ConfigFactory.empty()).config();
  }

  private static Config with(Config settings, String key, Object value) {
    return settings.withValue(key, ConfigValueFactory.fromAnyRef(value));
  }
}
