package io.meanfield.evaluate.inspection;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.evaluate.metric.PredictionBlock;
import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An example that a model predicts wrongly.
 *
 * @param key its id in the data; empty if it has none
 * @param size how wrong: the score of the class that is predicted, or the absolute error, of
 *     several targets the root of their mean squared error
 * @param actual the class, or the targets
 * @param predicted the class, or the outputs
 */
@DefaultSerializer(JavaSerializer.class)
record WorstRow(long id, String key, double size, float[] actual, float[] predicted)
    implements Serializable {
  static final int MOST = 10;

  /** The order of examples, the worst one first. */
  private static final Comparator<WorstRow> WORST_FIRST =
      Comparator.comparingDouble(WorstRow::size).reversed().thenComparingLong(WorstRow::id);

  /** Returns the worst of some examples. */
  static List<WorstRow> worst(Stream<WorstRow> rows) {
    return rows.sorted(WORST_FIRST).limit(MOST).toList();
  }

  /** Returns the worst examples of a block; none if an example may have several labels. */
  static List<WorstRow> of(PredictionBlock block) {
    boolean isRegression = block.spec().classes() == 0;
    return isRegression || block.spec().isSingleLabel()
        ? worst(
            IntStream.range(0, block.count())
                .filter(row -> block.weight(row) > 0 && (isRegression || !block.isCorrect(row)))
                .mapToObj(row -> isRegression ? ofNumbers(block, row) : ofClass(block, row)))
        : List.of();
  }

  private static WorstRow ofClass(PredictionBlock block, int row) {
    int predicted = block.predicted(row);
    return new WorstRow(
        block.ids()[row],
        key(block, row),
        block.score(row, predicted),
        new float[] {block.actual(row)},
        new float[] {predicted});
  }

  private static WorstRow ofNumbers(PredictionBlock block, int row) {
    return new WorstRow(
        block.ids()[row],
        key(block, row),
        Math.sqrt(block.squaredError(row)),
        block.targets(row),
        block.outputs(row));
  }

  private static String key(PredictionBlock block, int row) {
    return block.externalIds().length == 0 ? "" : block.externalIds()[row];
  }

  /** Returns the id in the data. */
  Optional<String> shownKey() {
    return Optional.of(key).filter(text -> !text.isEmpty());
  }
}
