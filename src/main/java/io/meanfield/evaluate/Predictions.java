package io.meanfield.evaluate;

import io.meanfield.data.Dataset;
import io.meanfield.data.Examples;
import io.meanfield.network.Architecture;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Loss;
import io.meanfield.network.Model;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.Table;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;

/**
 * A model's outputs for every example of a data set, computed once, kept on the cluster; close to
 * free them.
 */
public final class Predictions implements AutoCloseable {
  static final Table TABLE =
      Table.of(
          "predictions",
          Table.nullable("model_version", DataTypes.IntegerType),
          Table.column("example_id", DataTypes.LongType),
          Table.nullable("example_key", DataTypes.StringType),
          Table.nullable("actual", DataTypes.IntegerType),
          Table.column("predicted", DataTypes.IntegerType),
          Table.nullable("probability", DataTypes.DoubleType),
          Table.column("outputs", DataTypes.createArrayType(DataTypes.FloatType, false)),
          Table.nullable("targets", DataTypes.createArrayType(DataTypes.FloatType, false)));
  // A file of the table holds this many blocks: neither one file for all examples nor one for every
  // 4 MiB of them.
  private static final int BLOCKS_PER_FILE = 64;

  private final Broadcast<LearnerState> weights;
  private final Architecture architecture;
  private final JavaRDD<Predicted> blocks;

  private Predictions(
      Broadcast<LearnerState> weights, Architecture architecture, JavaRDD<Predicted> blocks) {
    this.weights = weights;
    this.architecture = architecture;
    this.blocks = blocks;
  }

  /** Nothing is computed before the first use. */
  public static Predictions of(Model model, Dataset data) {
    data.requireWidth(model.architecture().inputs());
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(data.blocks().context());
    Broadcast<LearnerState> weights = spark.broadcast(model.state().withoutOptimizerState());
    Architecture architecture = model.architecture();
    JavaRDD<Predicted> blocks =
        data.blocks()
            .map(block -> predict(architecture, weights.value(), block))
            .persist(StorageLevel.MEMORY_AND_DISK());
    return new Predictions(weights, architecture, blocks);
  }

  private static Predicted predict(Architecture architecture, LearnerState state, Examples block) {
    return new Predicted(
        block.ids(),
        block.labels(),
        Forward.outputs(architecture, state, block),
        architecture.outputs());
  }

  /** Compares the predictions with the labels; the same bits on every cluster. */
  public Evaluation evaluate() {
    Loss loss = architecture.loss();
    int classes = architecture.outputs();
    List<Tally> tallies = blocks.map(block -> Tally.of(block, loss)).collect();
    return Evaluation.of(Tally.sum(tallies, classes), loss, RocAuc.of(blocks, classes));
  }

  /** Writes the table {@code predictions}, a row for each example. */
  public void write(SparkSession spark, RunDirectory run) {
    String id = run.id().value();
    boolean probabilities = architecture.loss().givesProbabilities();
    JavaRDD<Row> rows = blocks.flatMap(block -> rows(id, block, probabilities));
    int files = (blocks.getNumPartitions() + BLOCKS_PER_FILE - 1) / BLOCKS_PER_FILE;
    TABLE.write(run, spark.createDataFrame(rows.coalesce(files), TABLE.schema()));
  }

  private static Iterator<Row> rows(String run, Predicted block, boolean probabilities) {
    List<Row> rows = new ArrayList<>(block.count());
    for (int row = 0; row < block.count(); row++) {
      Float[] outputs = new Float[block.classes()];
      for (int output = 0; output < outputs.length; output++) {
        outputs[output] = block.output(row, output);
      }
      int predicted = block.predicted(row);
      rows.add(
          RowFactory.create(
              run,
              null,
              block.ids()[row],
              null,
              block.labelled() ? block.actual(row) : null,
              predicted,
              probabilities ? (double) outputs[predicted] : null,
              outputs,
              null));
    }
    return rows.iterator();
  }

  @Override
  public void close() {
    blocks.unpersist();
    weights.destroy();
  }
}
