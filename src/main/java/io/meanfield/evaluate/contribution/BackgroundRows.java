package io.meanfield.evaluate.contribution;

import io.meanfield.data.ChosenExamples;
import io.meanfield.data.Examples;
import io.meanfield.data.Features;
import io.meanfield.data.encoding.CategoryInputs;
import io.meanfield.data.encoding.TableEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;

/**
 * Chooses the background rows of a model among its training rows: few, and together like all of
 * them. Rows are added one by one, each the one that brings the means of the inputs and of their
 * squares nearest to those of all candidates (herding, Welling 2009), so the first few of the rows
 * are a smaller choice of the same kind. A category counts as one number for each of its frequent
 * codes; texts do not count.
 */
public final class BackgroundRows {
  /** The largest number of rows. */
  static final int MOST = 16;

  /** Rows that are too few to be like all others are still better than none. */
  static final int FEWEST = 2;

  private static final int CANDIDATES = 2_000;
  private static final int MOST_NUMBERS = 16_000; // they are sent to executors with the encoder
  private static final int MOST_DRAWN = 1_000_000;
  private static final int MOST_CODES = 8;
  private static final double FARTHEST = 4; // standard deviations

  private BackgroundRows() {}

  /**
   * Returns the inputs of the rows; none if there are no examples, or if they are images.
   *
   * @param training the training examples
   * @param count their number
   * @param width the number of inputs of an example
   */
  public static List<List<Float>> of(
      TableEncoder encoder, JavaRDD<Examples> training, long count, int width, long seed) {
    int most = Math.max(1, Math.min(CANDIDATES, MOST_DRAWN / width));
    Examples drawn = ChosenExamples.random(training, count, most, seed);
    if (drawn.count() == 0 || !(drawn.features() instanceof Features.Floats features)) {
      return List.of();
    }
    List<float[]> candidates =
        IntStream.range(0, drawn.count())
            .mapToObj(row -> Arrays.copyOfRange(features.values(), row * width, (row + 1) * width))
            .toList();
    int rows = Math.max(FEWEST, Math.min(MOST, MOST_NUMBERS / width));
    return chosen(candidates, codes(encoder, width), words(encoder, width), rows);
  }

  private static List<Integer> codes(TableEncoder encoder, int width) {
    int numbers = width - encoder.categoricalInputs();
    return encoder.categories().stream()
        .filter(category -> category.embedded() && !category.hasWords())
        .map(category -> numbers + category.first())
        .toList();
  }

  private static Set<Integer> words(TableEncoder encoder, int width) {
    int numbers = width - encoder.categoricalInputs();
    return encoder.categories().stream()
        .filter(CategoryInputs::hasWords)
        .flatMap(
            category ->
                IntStream.range(0, category.inputs()).mapToObj(i -> numbers + category.first() + i))
        .collect(Collectors.toSet());
  }

  /**
   * Returns rows that are together like all candidates.
   *
   * @param codes the inputs that are codes of categories
   * @param words the inputs that are codes of words, which do not count
   */
  static List<List<Float>> chosen(
      List<float[]> candidates, List<Integer> codes, Set<Integer> words, int rows) {
    List<double[]> features = new ArrayList<>();
    int width = candidates.get(0).length;
    for (int i = 0; i < width; i++) {
      int input = i;
      double[] values = candidates.stream().mapToDouble(row -> row[input]).toArray();
      if (codes.contains(input)) {
        features.addAll(codes(values));
      } else if (!words.contains(input)) {
        features.addAll(numbers(values));
      }
    }
    double[] sums = new double[features.size()];
    boolean[] taken = new boolean[candidates.size()];
    List<List<Float>> chosen = new ArrayList<>();
    while (chosen.size() < Math.min(rows, candidates.size())) {
      int best = nearest(features, sums, taken);
      taken[best] = true;
      Arrays.setAll(sums, i -> sums[i] + features.get(i)[best]);
      float[] row = candidates.get(best);
      chosen.add(IntStream.range(0, width).mapToObj(i -> row[i]).toList());
    }
    return List.copyOf(chosen);
  }

  private static int nearest(List<double[]> features, double[] sums, boolean[] taken) {
    double[] distances = new double[taken.length];
    for (int i = 0; i < sums.length; i++) {
      double[] feature = features.get(i);
      for (int row = 0; row < distances.length; row++) {
        double sum = sums[i] + feature[row];
        distances[row] += sum * sum;
      }
    }
    return IntStream.range(0, taken.length)
        .filter(row -> !taken[row])
        .reduce((a, b) -> distances[b] < distances[a] ? b : a)
        .orElseThrow();
  }

  /** Returns a number and its square, both with mean 0; none if all values are the same. */
  private static List<double[]> numbers(double[] values) {
    double[] standard = standardized(values);
    if (standard.length == 0) {
      return List.of();
    }
    double[] near =
        Arrays.stream(standard).map(x -> Math.max(-FARTHEST, Math.min(FARTHEST, x))).toArray();
    double[] squares = standardized(Arrays.stream(near).map(x -> x * x).toArray());
    return squares.length == 0 ? List.of(standardized(near)) : List.of(standardized(near), squares);
  }

  private static List<double[]> codes(double[] values) {
    return Arrays.stream(values)
        .boxed()
        .distinct()
        .sorted((a, b) -> Long.compare(count(values, b), count(values, a)))
        .limit(MOST_CODES)
        .map(code -> standardized(Arrays.stream(values).map(x -> x == code ? 1 : 0).toArray()))
        .filter(feature -> feature.length > 0)
        .toList();
  }

  private static long count(double[] values, double code) {
    return Arrays.stream(values).filter(x -> x == code).count();
  }

  private static double[] standardized(double[] values) {
    double mean = Arrays.stream(values).average().orElse(0);
    double variance = Arrays.stream(values).map(x -> (x - mean) * (x - mean)).average().orElse(0);
    return variance > 0
        ? Arrays.stream(values).map(x -> (x - mean) / Math.sqrt(variance)).toArray()
        : new double[0];
  }
}
