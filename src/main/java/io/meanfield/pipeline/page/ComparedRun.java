package io.meanfield.pipeline.page;

import io.meanfield.pipeline.housekeeping.RunCommand;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.Status;
import io.meanfield.train.checkpoint.RecordedEpoch;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run with what a comparison reads of it.
 *
 * @param name its id, or the path of its directory if two compared runs have the same id
 * @param epochs its completed epochs; none if it trains no model
 */
record ComparedRun(
    String name,
    RunDirectory directory,
    Manifest manifest,
    Optional<Status> status,
    List<RecordedEpoch> epochs) {
  static ComparedRun read(String name, RunDirectory run) {
    return new ComparedRun(name, run, run.manifest(), run.status(), RecordedEpoch.of(run));
  }

  boolean plays() {
    return RunCommand.plays(manifest);
  }

  /** Returns the metrics of the result; none if the run has not succeeded. */
  Map<String, Double> metrics() {
    return status.map(found -> found.result().metrics()).orElse(Map.of());
  }
}
