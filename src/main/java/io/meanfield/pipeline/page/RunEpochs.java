package io.meanfield.pipeline.page;

import io.meanfield.reinforce.ReinforceSettings;
import io.meanfield.store.table.StoredRow;
import io.meanfield.train.history.EpochResult;
import io.meanfield.train.history.Monitor;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The epochs of a run.
 *
 * @param results in order
 * @param best number of the best epoch; empty if the run has not succeeded
 * @param monitor name of the metric by which epochs are compared
 */
record RunEpochs(List<EpochResult> results, Optional<Integer> best, String monitor) {
  RunEpochs {
    results = results.stream().sorted(Comparator.comparingInt(EpochResult::epoch)).toList();
  }

  /**
   * Returns the epochs of a run: of its table, or, if it has not succeeded, of the records of its
   * completed epochs.
   */
  static RunEpochs of(RunRecord run) {
    return run.hasSucceeded() ? ofTable(run.table("epochs")) : ofRecords(run);
  }

  private static RunEpochs ofTable(List<StoredRow> rows) {
    return new RunEpochs(
        rows.stream().map(RunEpochs::result).toList(),
        rows.stream()
            .filter(row -> row.isTrue("best"))
            .map(row -> RunRecord.integer(row, "epoch"))
            .findFirst(),
        rows.stream().flatMap(row -> row.text("monitor").stream()).findFirst().orElse("monitored"));
  }

  private static RunEpochs ofRecords(RunRecord run) {
    return new RunEpochs(
        run.completed().get(),
        Optional.empty(),
        run.plays()
            ? ReinforceSettings.MEAN_RETURN
            : run.manifest().string("settings." + Monitor.KEY).orElse("monitored"));
  }

  boolean isBest(EpochResult epoch) {
    return best.filter(number -> number == epoch.epoch()).isPresent();
  }

  private static EpochResult result(StoredRow row) {
    return new EpochResult(
        RunRecord.integer(row, "epoch"),
        new EpochResult.Scores(
            RunRecord.number(row, "train_loss", Double.NaN),
            row.number("train_accuracy"),
            row.number("validation_loss"),
            row.number("validation_accuracy"),
            row.number("monitored")),
        (long) RunRecord.number(row, "examples", 0),
        RunRecord.number(row, "seconds", 0),
        RunRecord.number(row, "learning_rate", 0));
  }
}
