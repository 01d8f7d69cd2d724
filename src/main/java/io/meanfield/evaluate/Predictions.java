package io.meanfield.evaluate;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.batch.BatchWriter;
import io.meanfield.batch.ForwardPass;
import io.meanfield.batch.GpuTasks;
import io.meanfield.data.Dataset;
import io.meanfield.data.Examples;
import io.meanfield.data.shard.Fold;
import io.meanfield.data.shard.ShardGroup;
import io.meanfield.data.source.DatasetCheck;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.evaluate.metric.MetricSet;
import io.meanfield.evaluate.metric.OutputSpec;
import io.meanfield.evaluate.metric.PredictionBlock;
import io.meanfield.evaluate.metric.Ranking;
import io.meanfield.evaluate.threshold.Cut;
import io.meanfield.evaluate.threshold.Objective;
import io.meanfield.evaluate.threshold.ScoreCount;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Model;
import io.meanfield.network.TaskType;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.table.RowTable;
import java.io.Serializable;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * A model's outputs for every example of a data set, computed once and cached on the cluster. Close
 * it to free the cache.
 */
public final class Predictions implements AutoCloseable {
  // A confusion matrix of each block travels to the driver.
  private static final int MOST_COUNTED = 100;

  private final Broadcast<LearnerState> weights;
  private final Origin origin;
  private final OutputSpec outputs;
  private final JavaRDD<PredictionBlock> blocks;

  /**
   * The examples that are predicted.
   *
   * @param display their name in messages
   * @param weighted whether they have weights
   */
  private record Origin(String display, boolean weighted) {}

  /** Facts about the examples of a chunk. */
  @DefaultSerializer(JavaSerializer.class)
  private record ChunkKind(TaskType task, boolean weighted) implements Serializable {}

  /**
   * Examples and the member of the ensemble that predicts them; {@link #WHOLE} for the ensemble.
   */
  @DefaultSerializer(JavaSerializer.class)
  private record Part(Examples examples, int member) implements Serializable {
    static final int WHOLE = -1;

    static Iterator<Part> of(ShardGroup group) {
      int member = group.fold().map(Fold::number).orElse(WHOLE);
      Iterator<Examples> chunks = group.chunks();
      Iterable<Examples> all = () -> chunks;
      return StreamSupport.stream(all.spliterator(), false)
          .map(chunk -> new Part(chunk, member))
          .iterator();
    }

    Iterator<Part> parts(int rows) {
      return examples.parts(rows).map(part -> new Part(part, member)).iterator();
    }
  }

  private Predictions(
      Broadcast<LearnerState> weights,
      Origin origin,
      OutputSpec outputs,
      JavaRDD<PredictionBlock> blocks) {
    this.weights = weights;
    this.origin = origin;
    this.outputs = outputs;
    this.blocks = blocks;
  }

  /** Returns the predictions of a model on a data set; they are computed at the first use. */
  public static Predictions of(Model model, Dataset data) {
    new DatasetCheck(data).requireWidth(model.network().inputs());
    return of(
        model,
        new Origin(data.display(), data.isWeighted()),
        outputs(model.network(), data).with(model.threshold()),
        data.blocks().map(block -> new Part(block, Part.WHOLE)));
  }

  /**
   * Returns the predictions of a model on sharded examples; they are computed at the first use. The
   * examples of a fold are predicted by the member that has not seen them.
   *
   * @param name of the examples in messages
   */
  public static Predictions ofShards(Model model, String name, JavaRDD<ShardGroup> groups) {
    JavaRDD<Examples> examples = groups.flatMap(ShardGroup::chunks);
    EngineNetwork network = model.network();
    List<ChunkKind> kinds =
        examples
            .map(chunk -> new ChunkKind(BatchWriter.taskType(network, chunk), chunk.isWeighted()))
            .collect();
    return of(
        model,
        new Origin(name, kinds.stream().anyMatch(ChunkKind::weighted)),
        OutputSpec.of(network, kinds.get(0).task()).with(model.threshold()),
        groups.flatMap(Part::of));
  }

  private static Predictions of(
      Model model, Origin origin, OutputSpec outputs, JavaRDD<Part> examples) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(examples.context());
    Broadcast<LearnerState> weights = spark.broadcast(model.state().withoutOptimizerState());
    EngineNetwork network = model.network();
    JavaRDD<PredictionBlock> blocks =
        examples
            .flatMap(part -> part.parts(ForwardPass.largestBlock(network)))
            .map(part -> predict(network, outputs, weights.value(), part))
            .persist(StorageLevel.MEMORY_AND_DISK());
    return new Predictions(weights, origin, outputs, GpuTasks.withGpus(blocks));
  }

  /** Returns the meaning of a network's outputs for the examples of a data set. */
  public static OutputSpec outputs(EngineNetwork network, Dataset data) {
    return OutputSpec.of(network, BatchWriter.taskType(network, data.targetKind()));
  }

  /** Returns the outputs in blocks of examples. */
  public JavaRDD<PredictionBlock> blocks() {
    return blocks;
  }

  /** Returns the meaning of the outputs. */
  public OutputSpec spec() {
    return outputs;
  }

  /** Returns whether the examples have weights. */
  public boolean areWeighted() {
    return origin.weighted();
  }

  private static PredictionBlock predict(
      EngineNetwork network, OutputSpec outputs, LearnerState state, Part part) {
    Examples block = part.examples();
    Model model = new Model(network, state);
    Model used = part.member() == Part.WHOLE ? model : model.member(part.member());
    return new PredictionBlock(
        block.ids(),
        block.externalIds(),
        BatchWriter.targets(block, network),
        ForwardPass.outputs(used.network(), used.state(), block),
        outputs,
        block.weights());
  }

  /**
   * Evaluates the predictions against the targets; the result has the same bits on every cluster.
   *
   * @throws UserException if no example has a weight above 0
   */
  public Evaluation evaluate() {
    return evaluate(metrics(), blocks, outputs, origin.weighted());
  }

  /**
   * Evaluates predictions, of which some have a weight above 0, against their targets.
   *
   * @param outputs the meaning of the outputs
   */
  public static Evaluation evaluate(JavaRDD<PredictionBlock> blocks, OutputSpec outputs) {
    MetricSet metrics = MetricSet.sum(blocks.map(MetricSet::of).collect(), outputs);
    return evaluate(metrics, blocks, outputs, false);
  }

  private static Evaluation evaluate(
      MetricSet metrics, JavaRDD<PredictionBlock> blocks, OutputSpec outputs, boolean weighted) {
    int classes = outputs.classes();
    return Evaluation.of(
        metrics, outputs, weighted, classes == 0 ? List.of() : Rankings.of(blocks, classes));
  }

  /**
   * Returns the notes of {@link #evaluate} without ranking the scores, which takes more memory;
   * none for more than {@value #MOST_COUNTED} classes.
   *
   * @throws UserException if no example has a weight above 0
   */
  public List<String> notes() {
    return outputs.classes() > MOST_COUNTED
        ? List.of()
        : metrics().report(Collections.nCopies(outputs.classes(), Ranking.UNDEFINED)).notes();
  }

  private MetricSet metrics() {
    MetricSet metrics = MetricSet.sum(blocks.map(MetricSet::of).collect(), outputs);
    if (origin.weighted() && metrics.weight() == 0) {
      throw UserException.of(
          ErrorCode.DATA_UNREADABLE,
          "%s has no example with a weight above 0, expected at least one",
          origin.display());
    }
    return metrics;
  }

  /**
   * Chooses the threshold that the objective prefers on these examples; the result has the same
   * bits on every cluster.
   *
   * @return the best cut; empty if no example or every example has class 1
   * @throws IllegalStateException unless there are two classes
   */
  public Optional<Cut> bestCut(Objective objective) {
    if (!outputs.hasTwoClasses()) {
      throw new IllegalStateException("only two classes have a threshold");
    }
    List<ScoreCount> descending = Rankings.scores(blocks);
    return descending.isEmpty()
        ? Optional.empty()
        : objective.best(descending, ScoreSums.above(descending.get(0).score()));
  }

  /**
   * Returns the weights of the examples by their score of class 1, the highest score first; none
   * unless the outputs are probabilities of two classes.
   */
  public List<ScoreCount> scores() {
    return outputs.hasTwoClasses() && outputs.hasClassProbabilities()
        ? Rankings.scores(blocks)
        : List.of();
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

  /** Writes the table {@code predictions}, a row for each example. */
  public void write(SparkSession spark, RunDirectory run, ModelSource model) {
    write(spark, run, Prediction.table(model));
  }

  /**
   * Writes the table {@code out_of_fold}, a row for each training example that a member of the
   * ensemble has not seen.
   */
  public void writeOutOfFold(SparkSession spark, RunDirectory run) {
    write(spark, run, Prediction.outOfFold());
  }

  private void write(SparkSession spark, RunDirectory run, RowTable<Prediction> table) {
    table.write(spark, run, blocks.flatMap(block -> Prediction.of(block).iterator()));
  }

  @Override
  public void close() {
    blocks.unpersist();
    weights.destroy();
  }
}
