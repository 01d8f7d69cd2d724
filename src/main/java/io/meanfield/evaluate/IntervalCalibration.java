package io.meanfield.evaluate;

import io.meanfield.data.ChosenExamples;
import io.meanfield.evaluate.interval.Conformal;
import io.meanfield.evaluate.metric.OutputSpec;
import io.meanfield.evaluate.metric.PredictionBlock;
import io.meanfield.network.Intervals;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Finds the intervals of a model by its predictions for examples that it has not learned from. */
public final class IntervalCalibration {
  // They are sorted on the driver; of more rows, random ones are as good.
  private static final int MOST_NUMBERS = 1_000_000;
  private static final long SEED = 1;

  private IntervalCalibration() {}

  /**
   * Returns the intervals; the result has the same bits on every cluster.
   *
   * @param folds the predictions of each fold, or of the validation examples
   * @param mean the predictions of the whole model for the same examples
   * @param count the number of all examples
   */
  public static Intervals of(
      List<Predictions> folds, Predictions mean, long count, List<Double> levels) {
    OutputSpec spec = folds.get(0).spec();
    if (spec.classes() > 0) {
      return Conformal.ofClasses(
          levels, folds.stream().flatMap(fold -> scored(fold, count, 0).stream()).toList());
    }
    return Conformal.ofNumbers(
        levels,
        IntStream.range(0, spec.width())
            .mapToObj(output -> folds.stream().map(fold -> scored(fold, count, output)).toList())
            .toList(),
        IntStream.range(0, spec.width()).mapToObj(output -> scored(mean, count, output)).toList());
  }

  private static List<Conformal.Scored> scored(Predictions predictions, long count, int output) {
    double share = Math.min(1, (double) MOST_NUMBERS / Math.max(1, count));
    return predictions
        .blocks()
        .flatMap(block -> rows(block, share, output).iterator())
        .collect()
        .stream()
        .map(row -> new Conformal.Scored(row[0], row[1], row[2]))
        .toList();
  }

  private static Stream<double[]> rows(PredictionBlock block, double share, int output) {
    return IntStream.range(0, block.count())
        .filter(row -> block.weight(row) > 0)
        .filter(row -> share == 1 || ChosenExamples.place(SEED, block.ids()[row]) < share)
        .mapToObj(row -> row(block, row, output));
  }

  private static double[] row(PredictionBlock block, int row, int output) {
    double weight = block.weight(row);
    if (block.spec().classes() > 0) {
      return new double[] {0, 1.0 - block.score(row, block.actual(row)), weight};
    }
    double prediction = block.outputs(row)[output];
    return new double[] {prediction, Math.abs(prediction - block.targets(row)[output]), weight};
  }
}
