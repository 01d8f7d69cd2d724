package io.meanfield.evaluate;

import io.meanfield.batch.BatchWriter;
import io.meanfield.batch.ForwardPass;
import io.meanfield.batch.GpuTasks;
import io.meanfield.data.Dataset;
import io.meanfield.data.Examples;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.evaluate.metric.MetricSet;
import io.meanfield.evaluate.metric.OutputSpec;
import io.meanfield.evaluate.metric.PredictionBlock;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Model;
import io.meanfield.store.RowTable;
import io.meanfield.store.RunDirectory;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * A model's outputs for every example of a data set, computed once and cached on the cluster. Close
 * it to free the cache.
 */
public final class Predictions implements AutoCloseable {
  private static final DataType FLOATS = DataTypes.createArrayType(DataTypes.FloatType, false);

  private final Broadcast<LearnerState> weights;
  private final Dataset data;
  private final OutputSpec outputs;
  private final JavaRDD<PredictionBlock> blocks;

  private Predictions(
      Broadcast<LearnerState> weights,
      Dataset data,
      OutputSpec outputs,
      JavaRDD<PredictionBlock> blocks) {
    this.weights = weights;
    this.data = data;
    this.outputs = outputs;
    this.blocks = blocks;
  }

  /** Returns the predictions of a model on a data set; they are computed at the first use. */
  public static Predictions of(Model model, Dataset data) {
    data.requireWidth(model.network().inputs());
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(data.blocks().context());
    Broadcast<LearnerState> weights = spark.broadcast(model.state().withoutOptimizerState());
    EngineNetwork network = model.network();
    OutputSpec outputs = outputs(network, data);
    JavaRDD<PredictionBlock> blocks =
        data.blocks()
            .map(block -> predict(network, outputs, weights.value(), block))
            .persist(StorageLevel.MEMORY_AND_DISK());
    return new Predictions(weights, data, outputs, GpuTasks.withGpus(blocks, network.device()));
  }

  /** Returns the meaning of a network's outputs for the examples of a data set. */
  public static OutputSpec outputs(EngineNetwork network, Dataset data) {
    return OutputSpec.of(network, BatchWriter.taskType(network, data.targetKind()));
  }

  /** Returns whether the examples have weights. */
  public boolean areWeighted() {
    return data.isWeighted();
  }

  private static PredictionBlock predict(
      EngineNetwork network, OutputSpec outputs, LearnerState state, Examples block) {
    return new PredictionBlock(
        block.ids(),
        block.externalIds(),
        BatchWriter.targets(block, network),
        ForwardPass.outputs(network, state, block),
        outputs,
        block.weights());
  }

  /**
   * Evaluates the predictions against the targets; the result has the same bits on every cluster.
   *
   * @throws UserException if no example has a weight above 0
   */
  public Evaluation evaluate() {
    MetricSet metrics = MetricSet.sum(blocks.map(MetricSet::of).collect(), outputs);
    requirePositiveWeight(metrics);
    int classes = outputs.classes();
    return Evaluation.of(
        metrics, data.isWeighted(), classes == 0 ? List.of() : RocAuc.of(blocks, classes));
  }

  private void requirePositiveWeight(MetricSet metrics) {
    if (data.isWeighted() && metrics.weight() == 0) {
      throw new UserException(
          ErrorCode.DATA_UNREADABLE,
          data.display() + " has no example with a weight above 0, expected at least one");
    }
  }

  /**
   * Pairs the results of this model and another on the same examples, by the id of the example.
   *
   * @throws IllegalArgumentException if the models predicted different examples
   */
  public JavaPairRDD<Long, Tuple2<ExampleResult, ExampleResult>> pairedWith(Predictions other) {
    JavaPairRDD<Long, Tuple2<ExampleResult, ExampleResult>> pairs =
        results().join(other.results()).cache();
    long paired = pairs.count();
    if (paired != results().count() || paired != other.results().count()) {
      throw new IllegalArgumentException("the models predicted different examples");
    }
    return pairs;
  }

  private JavaPairRDD<Long, ExampleResult> results() {
    return blocks.flatMapToPair(block -> results(block).iterator());
  }

  private static List<Tuple2<Long, ExampleResult>> results(PredictionBlock block) {
    return IntStream.range(0, block.count())
        .mapToObj(row -> new Tuple2<>(block.ids()[row], ExampleResult.of(block, row)))
        .toList();
  }

  static RowTable<Prediction> table(ModelSource model) {
    return RowTable.<Prediction>named("predictions")
        .nullable("model_version", DataTypes.IntegerType, constant(model.version()))
        .column("example_id", DataTypes.LongType, Prediction::exampleId)
        .nullable("example_key", DataTypes.StringType, Prediction::exampleKey)
        .nullable("actual", DataTypes.IntegerType, Prediction::actual)
        .nullable("predicted", DataTypes.IntegerType, Prediction::predicted)
        .nullable("probability", DataTypes.DoubleType, Prediction::probability)
        .column("outputs", FLOATS, row -> boxed(row.outputs()))
        .nullable("targets", FLOATS, row -> row.targets().map(Predictions::boxed))
        .nullable("weight", DataTypes.FloatType, Prediction::weight);
  }

  // Captures a number, because the value travels to executors and an Optional cannot.
  private static RowTable.Value<Prediction, Optional<Integer>> constant(Optional<Integer> value) {
    if (value.isEmpty()) {
      return row -> Optional.empty();
    }
    Integer number = value.get();
    return row -> Optional.of(number);
  }

  /** Writes the table {@code predictions}, a row for each example. */
  public void write(SparkSession spark, RunDirectory run, ModelSource model) {
    table(model).write(spark, run, blocks.flatMap(block -> Prediction.of(block).iterator()));
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
