package io.meanfield.cli;

import io.meanfield.pipeline.JobSettings;
import io.meanfield.store.RunId;
import java.util.List;

/** A command that can run in cluster deploy mode. */
interface ClusterCommand {
  JobOptions options();

  /** Reads and checks the settings of the job. */
  JobSettings settings();

  /** Returns the id of the run. */
  RunId runId(JobSettings settings);

  /** Returns the paths that the command reads or writes besides {@code run.directory}. */
  List<NamedPath> locations(JobSettings settings);
}
