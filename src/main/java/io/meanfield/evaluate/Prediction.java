package io.meanfield.evaluate;

import io.meanfield.batch.BatchWriter;
import io.meanfield.batch.ForwardPass;
import io.meanfield.data.Examples;
import io.meanfield.evaluate.metric.OutputSpec;
import io.meanfield.evaluate.metric.PredictionBlock;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.Model;
import io.meanfield.store.table.RowTable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * A model's prediction for one example.
 *
 * @param exampleKey textual id of the example in the data; empty if it has none
 * @param actual the class according to the data; empty unless examples have one class each
 * @param predicted the class; empty unless examples have one class each
 * @param probability of the predicted class; empty unless outputs are probabilities
 * @param outputs all outputs of the network
 * @param targets numeric targets; empty if the data have none
 * @param weight the weight of the example; empty if the data have none
 */
public record Prediction(
    long exampleId,
    Optional<String> exampleKey,
    Optional<Integer> actual,
    Optional<Integer> predicted,
    Optional<Double> probability,
    float[] outputs,
    Optional<float[]> targets,
    Optional<Float> weight) {
  static final DataType FLOATS = DataTypes.createArrayType(DataTypes.FloatType, false);

  /**
   * Returns the predictions for a few examples, computed in this process and not on the cluster.
   */
  public static List<Prediction> of(Model model, Examples examples) {
    EngineNetwork network = model.network();
    return of(new PredictionBlock(
            examples.ids(),
            examples.externalIds(),
            new float[0],
            ForwardPass.outputs(network, model.state(), examples),
            OutputSpec.of(network, BatchWriter.taskType(network, examples))
                .with(model.threshold())))
        .toList();
  }

  /** Returns the predictions of a block, in its order. */
  static Stream<Prediction> of(PredictionBlock block) {
    return IntStream.range(0, block.count()).mapToObj(row -> of(block, row));
  }

  private static Prediction of(PredictionBlock block, int row) {
    boolean classes = block.spec().isSingleLabel();
    boolean probabilities = block.spec().hasClassProbabilities();
    return new Prediction(
        block.ids()[row],
        optionalIf(block.externalIds().length > 0, () -> block.externalIds()[row]),
        optionalIf(classes && block.isLabelled(), () -> block.actual(row)),
        optionalIf(classes, () -> block.predicted(row)),
        optionalIf(probabilities, () -> (double) block.score(row, block.predicted(row))),
        block.outputs(row),
        optionalIf(!classes && block.isLabelled(), () -> block.targets(row)),
        optionalIf(block.isWeighted(), () -> block.weights()[row]));
  }

  private static <T> Optional<T> optionalIf(boolean present, Supplier<T> value) {
    return present ? Optional.of(value.get()) : Optional.empty();
  }

  private static RowTable<Prediction> table(String name, Optional<Integer> version) {
    return RowTable.<Prediction>named(name)
        .nullable("model_version", DataTypes.IntegerType, constant(version))
        .column("example_id", DataTypes.LongType, Prediction::exampleId)
        .nullable("example_key", DataTypes.StringType, Prediction::exampleKey)
        .nullable("actual", DataTypes.IntegerType, Prediction::actual)
        .nullable("predicted", DataTypes.IntegerType, Prediction::predicted)
        .nullable("probability", DataTypes.DoubleType, Prediction::probability)
        .column("outputs", FLOATS, row -> boxed(row.outputs()))
        .nullable("targets", FLOATS, row -> row.targets().map(Prediction::boxed))
        .nullable("weight", DataTypes.FloatType, Prediction::weight);
  }

  /** Returns the table of the predictions of training examples, each by a member without them. */
  static RowTable<Prediction> outOfFold() {
    return table("out_of_fold", Optional.empty());
  }

  static RowTable<Prediction> table(ModelSource model) {
    return table("predictions", model.version());
  }

  // Captures a number, because the value travels to executors and an Optional cannot.
  static <T> RowTable.Value<T, Optional<Integer>> constant(Optional<Integer> value) {
    if (value.isEmpty()) {
      return row -> Optional.empty();
    }
    Integer number = value.get();
    return row -> Optional.of(number);
  }

  static Float[] boxed(float[] numbers) {
    Float[] boxed = new Float[numbers.length];
    Arrays.setAll(boxed, i -> numbers[i]);
    return boxed;
  }
}
