package io.meanfield.evaluate.inspection;

import io.meanfield.data.CategoryInputs;
import io.meanfield.data.Examples;
import io.meanfield.data.TableEncoder;
import io.meanfield.data.column.FeatureColumn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is usual for the columns of a table: mean and standard deviation of each number, and the
 * share of each category, in a sample of examples.
 */
final class ColumnProfile {
  private static final int SHOWN = 6;

  private final TableEncoder encoder;
  private final int width;
  private final double[] means;
  private final double[] deviations;
  private final List<Map<Integer, Double>> shares;

  private ColumnProfile(
      TableEncoder encoder,
      double[] means,
      double[] deviations,
      List<Map<Integer, Double>> shares) {
    this.encoder = encoder;
    this.width = means.length;
    this.means = means;
    this.deviations = deviations;
    this.shares = shares;
  }

  /** Returns the profile of examples, of which there is at least one. */
  static ColumnProfile of(TableEncoder encoder, Examples examples) {
    int width = examples.width();
    double[] means = new double[width];
    double[] squares = new double[width];
    List<Map<Integer, Double>> shares = new ArrayList<>();
    encoder.categories().forEach(category -> shares.add(new TreeMap<>()));
    float[] inputs = new float[width];
    for (int row = 0; row < examples.count(); row++) {
      examples.features().write(row, inputs, 0);
      for (int i = 0; i < width; i++) {
        double distance = inputs[i] - means[i]; // Welford 1962
        means[i] += distance / (row + 1);
        squares[i] += distance * (inputs[i] - means[i]);
      }
      count(encoder, inputs, shares, 1.0 / examples.count());
    }
    for (int i = 0; i < width; i++) {
      squares[i] = Math.sqrt(squares[i] / examples.count());
    }
    return new ColumnProfile(encoder, means, squares, shares);
  }

  private static void count(
      TableEncoder encoder, float[] inputs, List<Map<Integer, Double>> shares, double share) {
    int numbers = inputs.length - encoder.categoricalInputs();
    List<CategoryInputs> categories = encoder.categories();
    for (int i = 0; i < categories.size(); i++) {
      shares.get(i).merge(code(categories.get(i), inputs, numbers), share, Double::sum);
    }
  }

  private static int code(CategoryInputs category, float[] inputs, int numbers) {
    return category.code(inputs, numbers).orElse(category.values().size());
  }

  /** Returns the columns of an example that differ most from the mean, the most unusual first. */
  List<ColumnValue> unusual(float[] inputs) {
    List<ColumnValue> values = new ArrayList<>(numbers(inputs));
    int numbers = width - encoder.categoricalInputs();
    List<CategoryInputs> categories = encoder.categories();
    for (int i = 0; i < categories.size(); i++) {
      CategoryInputs category = categories.get(i);
      double share = shares.get(i).getOrDefault(code(category, inputs, numbers), 0.0);
      values.add(new ColumnValue(category.name(), name(category, inputs, numbers), rarity(share)));
    }
    return values.stream()
        .sorted(Comparator.comparingDouble((ColumnValue value) -> -Math.abs(value.deviation())))
        .limit(SHOWN)
        .toList();
  }

  private static String name(CategoryInputs category, float[] inputs, int numbers) {
    int code = code(category, inputs, numbers);
    return code < category.values().size() ? category.values().get(code) : "unknown";
  }

  // The distance of 1 from the mean of an input that is 1 for this category and 0 for others. A
  // category that the sample does not have counts as one that has it once in a million.
  private static double rarity(double share) {
    double known = Math.max(share, 1e-6);
    return known >= 1 ? 0 : Math.sqrt((1 - known) / known);
  }

  private List<ColumnValue> numbers(float[] inputs) {
    List<ColumnValue> values = new ArrayList<>();
    int next = 0;
    if (encoder.inputs() == width) {
      for (FeatureColumn column : encoder.columns()) {
        String text = column.accept(new ColumnText(inputs, next));
        values.add(new ColumnValue(column.column(), text, deviation(inputs, next)));
        next += column.inputs();
      }
    }
    for (; next < width - encoder.categoricalInputs(); next++) { // numbers of arrays
      values.add(
          new ColumnValue(
              Integer.toString(next), ColumnText.number(inputs[next]), deviation(inputs, next)));
    }
    return values;
  }

  private double deviation(float[] inputs, int input) {
    return deviations[input] > 0 ? (inputs[input] - means[input]) / deviations[input] : 0;
  }
}
