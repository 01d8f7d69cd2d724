package io.meanfield.pipeline;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import io.meanfield.network.Engine;
import io.meanfield.store.Manifest;
import java.util.LinkedHashMap;
import java.util.Map;

/** Builds the manifest of a job's run: what every job records, and what one job adds. */
public final class RunManifest {
  private final Map<String, Object> entries = new LinkedHashMap<>();

  private RunManifest() {}

  /** Begins with the name, the command and the versions that decide the bits. */
  public static RunManifest of(String command, JobContext job) {
    return new RunManifest()
        .entry("run_id", job.id().value())
        .entry("command", command)
        .entry("versions", Provenance.versions(job.sparkContext()));
  }

  /** Adds an entry; a value may be a map or a list. */
  public RunManifest entry(String key, Object value) {
    entries.put(key, value);
    return this;
  }

  /** Adds a description of the data set that the job read as {@code part}. */
  RunManifest data(String part, Map<String, Object> description) {
    return entry("data", Map.of(part, description));
  }

  /** Adds the engine, also among the settings: auto and the engine's name are the same run. */
  RunManifest settings(Config settings, Engine engine) {
    return entry("engine", engine.id())
        .settings(settings.withValue("network.engine", ConfigValueFactory.fromAnyRef(engine.id())));
  }

  /** Adds the settings. */
  RunManifest settings(Config settings) {
    return entry("settings", settings.root().unwrapped());
  }

  public Manifest build() {
    return Manifest.of(entries);
  }
}
