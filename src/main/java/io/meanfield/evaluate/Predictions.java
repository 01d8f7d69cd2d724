package io.meanfield.evaluate;

import io.meanfield.batch.BatchWriter;
import io.meanfield.batch.ForwardPass;
import io.meanfield.data.Dataset;
import io.meanfield.data.Examples;
import io.meanfield.evaluate.metric.MetricSet;
import io.meanfield.evaluate.metric.OutputSpec;
import io.meanfield.evaluate.metric.PredictionBlock;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Model;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.Table;
import java.util.ArrayList;
import java.util.Arrays;
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
          Table.nullable("predicted", DataTypes.IntegerType),
          Table.nullable("probability", DataTypes.DoubleType),
          Table.column("outputs", DataTypes.createArrayType(DataTypes.FloatType, false)),
          Table.nullable("targets", DataTypes.createArrayType(DataTypes.FloatType, false)));
  // A file of the table holds this many blocks: neither one file for all examples nor one for every
  // 4 MiB of them.
  private static final int BLOCKS_PER_FILE = 64;

  private final Broadcast<LearnerState> weights;
  private final OutputSpec outputs;
  private final JavaRDD<PredictionBlock> blocks;

  private Predictions(
      Broadcast<LearnerState> weights, OutputSpec outputs, JavaRDD<PredictionBlock> blocks) {
    this.weights = weights;
    this.outputs = outputs;
    this.blocks = blocks;
  }

  /** Returns the predictions of a model; they are computed at the first use. */
  public static Predictions of(Model model, Dataset data) {
    data.requireWidth(model.network().inputs());
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(data.blocks().context());
    Broadcast<LearnerState> weights = spark.broadcast(model.state().withoutOptimizerState());
    EngineNetwork architecture = model.network();
    OutputSpec outputs =
        new OutputSpec(
            BatchWriter.taskType(architecture, data.targetKind()),
            architecture.loss(),
            architecture.outputs());
    JavaRDD<PredictionBlock> blocks =
        data.blocks()
            .map(block -> predict(architecture, outputs, weights.value(), block))
            .persist(StorageLevel.MEMORY_AND_DISK());
    return new Predictions(weights, outputs, blocks);
  }

  private static PredictionBlock predict(
      EngineNetwork architecture, OutputSpec outputs, LearnerState state, Examples block) {
    return new PredictionBlock(
        block.ids(),
        block.externalIds(),
        BatchWriter.targets(block, architecture),
        ForwardPass.outputs(architecture, state, block),
        outputs);
  }

  /** Compares the predictions with the targets; the result has the same bits on every cluster. */
  public Evaluation evaluate() {
    MetricSet metrics = MetricSet.sum(blocks.map(MetricSet::of).collect(), outputs);
    int classes = outputs.classes();
    return Evaluation.of(metrics, classes == 0 ? List.of() : RocAuc.of(blocks, classes));
  }

  /** Writes the table {@code predictions}, a row for each example. */
  public void write(SparkSession spark, RunDirectory run) {
    String id = run.id().value();
    JavaRDD<Row> rows = blocks.flatMap(block -> rows(id, block));
    int files = (blocks.getNumPartitions() + BLOCKS_PER_FILE - 1) / BLOCKS_PER_FILE;
    TABLE.write(run, spark.createDataFrame(rows.coalesce(files), TABLE.schema()));
  }

  private static Iterator<Row> rows(String run, PredictionBlock block) {
    boolean classes = block.spec().isSingleLabel();
    List<Row> rows = new ArrayList<>(block.count());
    for (int row = 0; row < block.count(); row++) {
      Integer predicted = classes ? block.predicted(row) : null;
      rows.add(
          RowFactory.create(
              run,
              null,
              block.ids()[row],
              block.externalIds().length > 0 ? block.externalIds()[row] : null,
              classes && block.labelled() ? block.actual(row) : null,
              predicted,
              block.spec().hasClassProbabilities() ? (double) block.score(row, predicted) : null,
              boxed(block.outputs(row)),
              !classes && block.labelled() ? boxed(block.targets(row)) : null));
    }
    return rows.iterator();
  }

  private static Float[] boxed(float[] numbers) {
    Float[] boxed = new Float[numbers.length];
    Arrays.setAll(boxed, i -> numbers[i]);
    return boxed;
  }

  @Override
  public void close() {
    blocks.unpersist();
    weights.destroy();
  }
}
