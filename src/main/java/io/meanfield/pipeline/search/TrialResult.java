package io.meanfield.pipeline.search;

import io.meanfield.report.ReadableNumber;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.table.RowTable;
import io.meanfield.train.checkpoint.RecordedEpoch;
import io.meanfield.train.history.EpochResult;
import io.meanfield.train.history.Monitor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.apache.spark.sql.types.DataTypes;

/**
 * What became of a trial.
 *
 * @param epochs those that its run has recorded
 */
record TrialResult(Trial trial, State state, List<EpochResult> epochs) {
  private static final String TABLE_NAME = "trials";
  private static final RowTable<TrialResult> TABLE =
      RowTable.<TrialResult>named(TABLE_NAME)
          .column("trial", DataTypes.IntegerType, result -> result.trial.number())
          .column("trial_run_id", DataTypes.StringType, result -> result.trial.run().value())
          .column("state", DataTypes.StringType, result -> result.state.toString())
          .column("epochs", DataTypes.IntegerType, result -> result.epochs.size())
          .nullable(
              "best_epoch", DataTypes.IntegerType, result -> result.best().map(EpochResult::epoch))
          .column("metric", DataTypes.StringType, result -> result.monitor().metric())
          .nullable("value", DataTypes.DoubleType, TrialResult::value)
          .column("seconds", DataTypes.DoubleType, TrialResult::seconds)
          .column("changes", DataTypes.StringType, result -> result.trial.text())
          .column("settings", DataTypes.StringType, result -> result.trial.json());

  /** The end of a trial. */
  enum State {
    /** Trained to its end. */
    FINISHED,
    /** Paused after a part of its epochs, and left so if others were better there. */
    STOPPED,
    /** The weights of all workers became infinite or no numbers. */
    DIVERGED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Reads the epochs of a trial. */
  static TrialResult of(Trial trial, State state, RunDirectory run) {
    return new TrialResult(
        trial, state, RecordedEpoch.of(run).stream().map(RecordedEpoch::result).toList());
  }

  static void write(RunDirectory run, List<TrialResult> results) {
    TABLE.write(run, results);
  }

  /** Returns how long its epochs took. */
  double seconds() {
    return epochs.stream().mapToDouble(EpochResult::seconds).sum();
  }

  /** Returns the metric by which trials are compared. */
  Monitor monitor() {
    return trial.settings().train().earlyStopping().monitor();
  }

  /** Returns whether the epochs have the metric on validation examples. */
  boolean isValidated() {
    return epochs.stream().allMatch(epoch -> epoch.validationLoss().isPresent());
  }

  private Optional<EpochResult> best() {
    return best(epoch -> true);
  }

  private Optional<EpochResult> best(IntPredicate counted) {
    List<EpochResult> some = epochs.stream().filter(epoch -> counted.test(epoch.epoch())).toList();
    return state == State.DIVERGED || some.isEmpty()
        ? Optional.empty()
        : Optional.of(trial.settings().train().earlyStopping().best(some));
  }

  /** Returns the metric of the best epoch; empty if there is none. */
  Optional<Double> value() {
    return best().map(monitor()::value);
  }

  /** Returns a line for a person. */
  String line() {
    return "trial    %d: %s %s after %s epochs%s, %s"
        .formatted(
            trial.number(),
            monitor().metric(),
            value().map(ReadableNumber::fixed).orElse("unknown"),
            epochs.size(),
            switch (state) {
              case FINISHED -> ", its end";
              case STOPPED -> "";
              case DIVERGED -> ", diverged";
            },
            trial.text());
  }

  /** Returns a number that is smaller for a better trial, from its epochs up to one. */
  double rank(int last) {
    return best(epoch -> epoch <= last)
        .map(monitor()::value)
        .map(
            value ->
                switch (monitor().direction()) {
                  case SMALLER_IS_BETTER -> value;
                  case LARGER_IS_BETTER -> -value;
                })
        .orElse(Double.POSITIVE_INFINITY);
  }
}
