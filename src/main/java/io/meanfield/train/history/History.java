package io.meanfield.train.history;

import io.meanfield.network.Engine;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.table.RowTable;
import io.meanfield.store.table.StoredRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;

/**
 * Collects the results of all epochs and rounds and writes the tables {@code epochs} and {@code
 * rounds}.
 */
public final class History implements TrainingListener {
  /** A row of table {@code epochs}. */
  private record EpochRow(EpochResult result, boolean best, String monitor) {}

  private static final RowTable<EpochRow> EPOCHS =
      RowTable.<EpochRow>named("epochs")
          .column("epoch", DataTypes.IntegerType, row -> row.result().epoch())
          .column("train_loss", DataTypes.DoubleType, row -> row.result().trainLoss())
          .nullable("train_accuracy", DataTypes.DoubleType, row -> row.result().trainAccuracy())
          .nullable("validation_loss", DataTypes.DoubleType, row -> row.result().validationLoss())
          .nullable(
              "validation_accuracy", DataTypes.DoubleType, row -> row.result().validationAccuracy())
          .column("examples", DataTypes.LongType, row -> row.result().examples())
          .column("seconds", DataTypes.DoubleType, row -> row.result().seconds())
          .column("learning_rate", DataTypes.DoubleType, row -> row.result().learningRate())
          .column("best", DataTypes.BooleanType, EpochRow::best)
          .column("monitor", DataTypes.StringType, EpochRow::monitor)
          .nullable("monitored", DataTypes.DoubleType, row -> row.result().scores().monitored());

  private final Engine engine;
  private final EarlyStopping earlyStopping;
  private final List<EpochResult> epochs = new ArrayList<>();
  private final List<RoundRow> rounds = new ArrayList<>();
  private TimeBreakdown time = TimeBreakdown.NONE;

  /**
   * Creates an empty history.
   *
   * @param engine the engine of the learners
   * @param earlyStopping selects the best epoch
   */
  public History(Engine engine, EarlyStopping earlyStopping) {
    this.engine = engine;
    this.earlyStopping = earlyStopping;
  }

  @Override
  public void roundEnded(List<RoundRow> workers) {
    rounds.addAll(workers);
  }

  @Override
  public void timeSpent(TimeBreakdown more) {
    time = time.plus(more);
  }

  @Override
  public void epochEnded(EpochResult epoch, Optional<TrainingState> state) {
    epochs.add(epoch);
  }

  @Override
  public boolean wantsAnotherEpoch() {
    return !earlyStopping.stopsAfter(epochs);
  }

  /** Returns all epochs, in order. */
  public List<EpochResult> epochs() {
    return Collections.unmodifiableList(epochs);
  }

  /** Returns one row for every worker in every round, in order. */
  public List<RoundRow> rounds() {
    return Collections.unmodifiableList(rounds);
  }

  /** Returns the best epoch. */
  public EpochResult best() {
    return earlyStopping.best(epochs);
  }

  public TimeBreakdown time() {
    return time;
  }

  /** Writes the two tables. */
  public void write(RunDirectory run) {
    EPOCHS.write(run, rows(epochs, best().epoch(), earlyStopping.monitor().metric()));
    roundsTable(engine.id()).write(run, rounds);
  }

  private static List<EpochRow> rows(List<EpochResult> epochs, int best, String monitor) {
    return epochs.stream()
        .map(epoch -> new EpochRow(epoch, epoch.epoch() == best, monitor))
        .toList();
  }

  /** As {@link #epochs}, for a page. */
  public static List<StoredRow> stored(List<EpochResult> epochs, int best, String monitor) {
    return EPOCHS.stored(rows(epochs, best, monitor));
  }

  /**
   * Returns the table {@code epochs} without {@code run_id}.
   *
   * @param best the number of the best epoch
   * @param monitor the name of the metric by which epochs are compared
   */
  public static Dataset<Row> epochs(
      SparkSession spark, List<EpochResult> epochs, int best, String monitor) {
    return EPOCHS.frame(spark, rows(epochs, best, monitor));
  }

  private static RowTable<RoundRow> roundsTable(String engine) {
    return RowTable.<RoundRow>named("rounds")
        .column("epoch", DataTypes.IntegerType, RoundRow::epoch)
        .column("round", DataTypes.IntegerType, RoundRow::round)
        .column("group", DataTypes.IntegerType, RoundRow::group)
        .column("worker", DataTypes.IntegerType, RoundRow::worker)
        .column("host", DataTypes.StringType, RoundRow::host)
        .column("engine", DataTypes.StringType, row -> engine)
        .column("examples", DataTypes.LongType, row -> row.work().examples())
        .column("batches", DataTypes.IntegerType, row -> row.work().batches())
        .nullable("loss", DataTypes.DoubleType, row -> row.work().loss())
        .column("compute_ms", DataTypes.DoubleType, row -> row.cost().computeMillis())
        .column("wait_ms", DataTypes.DoubleType, row -> row.cost().waitMillis())
        .column("task_ms", DataTypes.DoubleType, row -> row.cost().taskMillis())
        .column("bytes_in", DataTypes.LongType, row -> row.cost().bytesIn())
        .column("bytes_out", DataTypes.LongType, row -> row.cost().bytesOut())
        .nullable("gpu", DataTypes.StringType, row -> row.work().gpu())
        .column("quarantined", DataTypes.BooleanType, row -> row.work().quarantined())
        .nullable("divergence", DataTypes.DoubleType, row -> row.work().distanceFromAverage());
  }
}
