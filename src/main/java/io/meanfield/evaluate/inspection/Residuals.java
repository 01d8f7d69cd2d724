package io.meanfield.evaluate.inspection;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.ChosenExamples;
import io.meanfield.evaluate.Predictions;
import io.meanfield.evaluate.metric.PredictionBlock;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The targets and outputs of random examples of a regression. */
final class Residuals {
  private static final int MOST = 10_000;
  private static final int MOST_NUMBERS = 1_000_000;
  private static final int BINS = 30;
  private static final int POINTS = 500;
  private static final int SHOWN_OUTPUTS = 4;
  // The label of a histogram without the errors outside these percentiles.
  private static final String CUT = "1 % to 99 %";

  private Residuals() {}

  /** One example with its place in a random order. */
  @DefaultSerializer(JavaSerializer.class)
  record Drawn(double place, float[] targets, float[] outputs) implements Serializable {}

  /**
   * Returns the points of the predictions for {@code count} examples, of which about {@value #MOST}
   * are drawn, fewer if they are wide.
   */
  static List<CurvePoint> of(Predictions predictions, long count, long seed) {
    double share = share(count, predictions.spec().width());
    return points(
        predictions.blocks().flatMap(block -> drawn(block, share, seed).iterator()).collect());
  }

  /** Returns the share of the examples that are drawn, up to 1. */
  static double share(long count, int width) {
    int most = Math.max(1, Math.min(MOST, MOST_NUMBERS / width));
    return Math.min(1, (double) most / Math.max(1, count));
  }

  private static Stream<Drawn> drawn(PredictionBlock block, double share, long seed) {
    return IntStream.range(0, block.count())
        .filter(row -> ChosenExamples.place(seed, block.ids()[row]) < share)
        .mapToObj(
            row ->
                new Drawn(
                    ChosenExamples.place(seed, block.ids()[row]),
                    block.targets(row),
                    block.outputs(row)));
  }

  /** Returns the histogram of output minus target, and target and output of a few examples. */
  static List<CurvePoint> points(List<Drawn> drawn) {
    List<Drawn> ordered = drawn.stream().sorted(Comparator.comparingDouble(Drawn::place)).toList();
    List<CurvePoint> points = new ArrayList<>(histogram(ordered));
    int width = ordered.isEmpty() ? 0 : ordered.get(0).targets().length;
    int shown = Math.min(width, SHOWN_OUTPUTS);
    for (int output = 0; output < shown; output++) {
      Optional<String> label = Optional.of(Integer.toString(output));
      for (Drawn row : ordered.subList(0, Math.min(ordered.size(), POINTS / shown))) {
        points.add(
            new CurvePoint(
                CurvePoint.Kind.PREDICTED, row.targets()[output], row.outputs()[output], label));
      }
    }
    return points;
  }

  private static List<CurvePoint> histogram(List<Drawn> drawn) {
    double[] residuals = drawn.stream().flatMapToDouble(row -> residuals(row)).toArray();
    Skew range = Skew.of(residuals);
    double smallest = range.least();
    double width = range.most() > smallest ? (range.most() - smallest) / BINS : 1;
    long[] counts = new long[residuals.length == 0 ? 0 : BINS];
    for (double residual : residuals) {
      if (range.shows(residual)) {
        counts[(int) Math.min((residual - smallest) / width, BINS - 1.0)]++;
      }
    }
    Optional<String> label = range.isCut() ? Optional.of(CUT) : Optional.empty();
    return IntStream.range(0, counts.length)
        .mapToObj(
            bin ->
                new CurvePoint(
                    CurvePoint.Kind.RESIDUAL_HISTOGRAM,
                    smallest + (bin + 0.5) * width,
                    counts[bin],
                    label))
        .toList();
  }

  private static DoubleStream residuals(Drawn row) {
    return IntStream.range(0, row.targets().length)
        .mapToDouble(i -> (double) row.outputs()[i] - row.targets()[i]);
  }
}
