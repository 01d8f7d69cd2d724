package io.meanfield.pipeline.page;

import io.meanfield.error.ErrorCode;
import io.meanfield.pipeline.housekeeping.RunCommand;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.Status;
import io.meanfield.store.table.StoredRow;
import io.meanfield.train.checkpoint.RecordedEpoch;
import io.meanfield.train.history.EpochResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * What a run has recorded: its manifest, its status, its tables and its completed epochs, which are
 * read when they are asked for.
 *
 * @param directory of the run; empty for a training that is none
 */
record RunRecord(
    Optional<RunDirectory> directory,
    Manifest manifest,
    Status status,
    Function<String, List<StoredRow>> tables,
    Supplier<List<EpochResult>> completed) {

  static RunRecord of(RunDirectory run, Manifest manifest, Status status) {
    return new RunRecord(
        Optional.of(run),
        manifest,
        status,
        name -> StoredTable.rows(run, name),
        () -> RecordedEpoch.stream(run).map(RecordedEpoch::result).toList());
  }

  /** Returns the rows of a table; none if the run has no such table. */
  List<StoredRow> table(String name) {
    return tables.apply(name);
  }

  /** Returns the baselines; empty if there are none, or if the run has not succeeded. */
  Optional<BaselineTable> baselines() {
    return hasSucceeded() ? BaselineTable.of(this) : Optional.empty();
  }

  /** Returns whether the tables belong to the newest attempt of the run. */
  boolean hasSucceeded() {
    return status.state() == Status.State.SUCCEEDED;
  }

  /** Returns whether the run learns by playing in an environment. */
  boolean plays() {
    return RunCommand.plays(manifest);
  }

  /** Returns whether the run decides about a new version of a model. */
  boolean retrains() {
    return RunCommand.of(manifest).filter(RunCommand.RETRAIN::equals).isPresent();
  }

  /** Returns whether the data gate has refused the data of the run. */
  boolean isRefused() {
    return status.errorCode().filter(ErrorCode.DATA_REFUSED::equals).isPresent();
  }

  String command() {
    return manifest.string("command").orElse("unknown");
  }

  /**
   * Returns the names of the classes 0 to {@code count} - 1, all different; a class without a name
   * is called by its number.
   */
  List<String> classNames(int count) {
    Map<Integer, String> names = new TreeMap<>();
    for (StoredRow row : table("classes")) {
      row.text("name")
          .filter(name -> !name.isBlank())
          .ifPresent(name -> names.put(integer(row, "class"), name));
    }
    List<String> all =
        IntStream.range(0, count)
            .mapToObj(cls -> names.getOrDefault(cls, Integer.toString(cls)))
            .toList();
    return all.stream().distinct().count() == count
        ? all
        : IntStream.range(0, count).mapToObj(cls -> all.get(cls) + " (" + cls + ")").toList();
  }

  /** Returns the value of a column as a whole number; 0 if it is null. */
  static int integer(StoredRow row, String column) {
    return (int) number(row, column, 0);
  }

  /** Returns the value of a column; {@code otherwise} if it is null. */
  static double number(StoredRow row, String column, double otherwise) {
    return row.number(column).orElse(otherwise);
  }

  /** Returns the value of a column with so many decimals; nothing if it is null. */
  static String decimals(StoredRow row, String column, int decimals) {
    return Numbers.decimals(number(row, column, Double.NaN), decimals);
  }

  /** Returns the values of a column, NaN for null. */
  static double[] numbers(List<StoredRow> rows, String column) {
    return rows.stream().mapToDouble(row -> number(row, column, Double.NaN)).toArray();
  }
}
