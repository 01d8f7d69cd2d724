package io.meanfield.train;

import io.meanfield.network.Engine;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;

/** Keeps what happened and writes the tables {@code epochs} and {@code rounds}. */
public final class History implements TrainingListener {
  static final Table EPOCHS =
      Table.of(
          "epochs",
          Table.column("epoch", DataTypes.IntegerType),
          Table.column("train_loss", DataTypes.DoubleType),
          Table.nullable("train_accuracy", DataTypes.DoubleType),
          Table.nullable("validation_loss", DataTypes.DoubleType),
          Table.nullable("validation_accuracy", DataTypes.DoubleType),
          Table.column("examples", DataTypes.LongType),
          Table.column("seconds", DataTypes.DoubleType),
          Table.column("learning_rate", DataTypes.DoubleType),
          Table.column("best", DataTypes.BooleanType),
          Table.nullable("pretrained_layer", DataTypes.IntegerType));
  static final Table ROUNDS =
      Table.of(
          "rounds",
          Table.column("epoch", DataTypes.IntegerType),
          Table.column("round", DataTypes.IntegerType),
          Table.column("group", DataTypes.IntegerType),
          Table.column("worker", DataTypes.IntegerType),
          Table.column("host", DataTypes.StringType),
          Table.column("engine", DataTypes.StringType),
          Table.column("examples", DataTypes.LongType),
          Table.column("batches", DataTypes.IntegerType),
          Table.nullable("loss", DataTypes.DoubleType),
          Table.column("compute_ms", DataTypes.DoubleType),
          Table.column("wait_ms", DataTypes.DoubleType),
          Table.column("bytes_in", DataTypes.LongType),
          Table.column("bytes_out", DataTypes.LongType),
          Table.nullable("gpu", DataTypes.StringType),
          Table.column("quarantined", DataTypes.BooleanType));

  private final Engine engine;
  private final EarlyStopping earlyStopping;
  private final List<EpochResult> epochs = new ArrayList<>();
  private final List<RoundRow> rounds = new ArrayList<>();
  private TimeBreakdown time = TimeBreakdown.NONE;

  /**
   * No history yet.
   *
   * @param engine of the learners
   * @param earlyStopping whose measure says which epoch is the best
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
  public void epochEnded(EpochResult epoch, TrainingState state) {
    epochs.add(epoch);
  }

  /** Every epoch, in order. */
  public List<EpochResult> epochs() {
    return Collections.unmodifiableList(epochs);
  }

  /** Every worker in every round, in order. */
  public List<RoundRow> rounds() {
    return Collections.unmodifiableList(rounds);
  }

  /** The best epoch. */
  public EpochResult best() {
    return earlyStopping.best(epochs);
  }

  public TimeBreakdown time() {
    return time;
  }

  public void write(SparkSession spark, RunDirectory run) {
    String id = run.id().value();
    EpochResult best = best();
    EPOCHS.write(
        spark, run, epochs.stream().map(epoch -> row(id, epoch, epoch.equals(best))).toList());
    ROUNDS.write(spark, run, rounds.stream().map(round -> row(id, round)).toList());
  }

  private static Row row(String run, EpochResult epoch, boolean best) {
    return RowFactory.create(
        run,
        epoch.epoch(),
        epoch.trainLoss(),
        epoch.trainAccuracy().orElse(null),
        epoch.validationLoss().orElse(null),
        epoch.validationAccuracy().orElse(null),
        epoch.examples(),
        epoch.seconds(),
        epoch.learningRate(),
        best,
        epoch.pretrainedLayer().orElse(null));
  }

  private Row row(String run, RoundRow round) {
    return RowFactory.create(
        run,
        round.epoch(),
        round.round(),
        round.group(),
        round.worker(),
        round.host(),
        engine.id(),
        round.examples(),
        round.batches(),
        round.loss().orElse(null),
        round.computeMillis(),
        round.waitMillis(),
        round.bytesIn(),
        round.bytesOut(),
        round.gpu().orElse(null),
        round.quarantined());
  }
}
