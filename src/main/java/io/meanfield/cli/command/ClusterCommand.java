package io.meanfield.cli.command;

import io.meanfield.pipeline.run.JobSettings;
import io.meanfield.store.RunId;
import java.util.List;
import java.util.Map;

/** A command that can run in cluster deploy mode. */
public interface ClusterCommand {
  JobOptions options();

  /** Reads and checks the settings of the job. */
  JobSettings settings();

  /** Returns the id of the run. */
  RunId runId(JobSettings settings);

  /**
   * Returns the options that the driver gets instead of the user's, by name: those whose values
   * depend on the time of the submission, because the cluster manager may start the driver again
   * later.
   */
  default Map<String, String> fixedOptions(RunId id) {
    return Map.of();
  }

  /** Returns the paths that the command reads or writes besides {@code run.directory}. */
  List<NamedPath> locations(JobSettings settings);
}
