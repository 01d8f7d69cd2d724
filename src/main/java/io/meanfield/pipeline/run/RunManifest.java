package io.meanfield.pipeline.run;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import io.meanfield.kernels.Kernels;
import io.meanfield.network.EngineNetwork;
import io.meanfield.pipeline.housekeeping.RunCommand;
import io.meanfield.pipeline.settings.RecordedSettings;
import io.meanfield.store.Manifest;
import java.util.LinkedHashMap;
import java.util.Map;

/** Builds the manifest of a job's run: entries of every job, and entries that one job adds. */
public final class RunManifest {
  private final Map<String, Object> entries = new LinkedHashMap<>();

  private RunManifest() {}

  /** Starts a manifest with run id, command and versions. */
  public static RunManifest of(RunCommand command, JobContext job) {
    return new RunManifest()
        .entry("run_id", job.id().value())
        .entry("command", command.id())
        .entry("versions", Provenance.versions(job.sparkContext()));
  }

  /** Adds an entry; a value may be a map or a list. */
  public RunManifest entry(String key, Object value) {
    entries.put(key, value);
    return this;
  }

  /** Adds a description of the data set that the job read as {@code split}. */
  public RunManifest data(String split, Map<String, Object> description) {
    return entry("data", Map.of(split, description));
  }

  /**
   * Adds the settings, the engine and the kernels. The engine also replaces {@code network.engine},
   * so that a run with {@code auto} equals a run with the engine's name.
   */
  public RunManifest settings(Config settings, EngineNetwork network) {
    String engine = network.engine().id();
    return entry("engine", engine)
        .kernels(network.kernels())
        .settings(settings.withValue("network.engine", ConfigValueFactory.fromAnyRef(engine)));
  }

  /** Adds the kernels with which the run computes. */
  public RunManifest kernels(Kernels kernels) {
    return entry(RunKernels.KEY, kernels.id());
  }

  /** Adds the settings, without secrets. */
  public RunManifest settings(Config settings) {
    return entry("settings", RecordedSettings.of(settings).root().unwrapped());
  }

  public Manifest build() {
    return Manifest.of(entries);
  }
}
