package io.meanfield.pipeline.page;

import io.meanfield.pipeline.housekeeping.RunCommand;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.Status;
import io.meanfield.store.table.StoredRow;
import io.meanfield.train.checkpoint.RecordedEpoch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run with what a comparison reads of it.
 *
 * @param name its id, or the path of its directory if two compared runs have the same id
 * @param columns what the columns of its table are for, by name; none if it trains on no table
 * @param epochs its completed epochs; none if it trains no model
 */
record ComparedRun(
    String name,
    RunDirectory directory,
    Manifest manifest,
    Optional<Status> status,
    Map<String, String> columns,
    List<RecordedEpoch> epochs) {
  static ComparedRun read(String name, RunDirectory run) {
    Map<String, String> columns = new LinkedHashMap<>();
    for (StoredRow row : StoredTable.rows(run, "columns")) {
      columns.put(row.text("column").orElse(""), row.text("role").orElse(""));
    }
    return new ComparedRun(name, run, run.manifest(), run.status(), columns, RecordedEpoch.of(run));
  }

  boolean plays() {
    return RunCommand.plays(manifest);
  }

  /** Returns the metrics of the result; none if the run has not succeeded. */
  Map<String, Double> metrics() {
    return status.map(found -> found.result().metrics()).orElse(Map.of());
  }
}
