package io.meanfield.pipeline.housekeeping;

import io.meanfield.registry.History;
import io.meanfield.registry.ModelVersion;
import io.meanfield.registry.RegisteredModel;
import io.meanfield.registry.Registry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The versions of a registry, by the run that trained them. */
public final class RegisteredRuns {
  private final Map<String, List<RunVersion>> versions = new HashMap<>();
  private final Map<String, List<String>> reasons = new HashMap<>();

  private RegisteredRuns() {}

  /**
   * Reads all versions.
   *
   * @throws io.meanfield.error.UserException if one cannot be read
   */
  public static RegisteredRuns read(Registry registry) {
    RegisteredRuns runs = new RegisteredRuns();
    for (String name : registry.names()) {
      RegisteredModel model = registry.model(name);
      History history = model.history();
      model.versions().forEach(version -> runs.add(version, history));
    }
    return runs;
  }

  private void add(ModelVersion version, History history) {
    versions
        .computeIfAbsent(version.runId(), id -> new ArrayList<>())
        .add(RunVersion.of(version, history));
    for (RunUse use : RunUse.of(version.run(), List.of("train"))) {
      reasons
          .computeIfAbsent(use.runId(), id -> new ArrayList<>())
          .add("models reproduce " + version.name() + " " + use.purpose());
    }
  }

  /** Returns the versions that a run has trained. */
  List<RunVersion> versions(String runId) {
    return versions.getOrDefault(runId, List.of());
  }

  /** Returns a reason for each version whose reproduction reads files of a run. */
  List<String> reproductions(String runId) {
    return reasons.getOrDefault(runId, List.of());
  }
}
