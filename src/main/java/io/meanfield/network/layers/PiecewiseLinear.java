package io.meanfield.network.layers;

import io.meanfield.settings.Section;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Replaces numbers of a row by their piecewise-linear encodings, one number for each bin: 0 below
 * the bin, 1 above it, and {@code (x - lower) / (upper - lower)} inside: Gorishniy et al. 2022, "On
 * Embeddings for Numerical Features in Tabular Deep Learning", equation 1, with 0 and 1 beyond the
 * outer bins, too. The layer has no weights. Its input is [numbers], its output [bins of all
 * columns + numbers that are not encoded], each in the order of the input.
 *
 * @param edges for each of the first numbers, the edges of its bins in ascending order, one more
 *     than it has bins; none if the number is not encoded
 */
public record PiecewiseLinear(List<List<Double>> edges) implements Layer {
  /** The key of the layer in settings. */
  public static final String KEY = "piecewise-linear";

  /** Copies the lists. */
  public PiecewiseLinear {
    edges = edges.stream().map(List::copyOf).toList();
  }

  static PiecewiseLinear read(Section layer) {
    List<List<Double>> edges = layer.numberLists(KEY);
    if (!edges.stream().allMatch(PiecewiseLinear::areEdges)) {
      layer.invalid(KEY, "a list of lists of ascending numbers, each empty or of at least two");
    }
    return new PiecewiseLinear(edges);
  }

  private static boolean areEdges(List<Double> edges) {
    return edges.size() != 1
        && IntStream.range(1, edges.size())
            .allMatch(i -> edges.get(i - 1).floatValue() < edges.get(i).floatValue());
  }

  @Override
  public Map<String, Object> toSettings() {
    return Map.of(KEY, edges);
  }

  /** Returns the number of bins of all columns. */
  public int bins() {
    return edges.stream().mapToInt(PiecewiseLinear::bins).sum();
  }

  private static int bins(List<Double> edges) {
    return Math.max(0, edges.size() - 1);
  }

  /** Returns the input of each bin. */
  public int[] binInputs() {
    return IntStream.range(0, edges.size())
        .flatMap(input -> IntStream.generate(() -> input).limit(bins(edges.get(input))))
        .toArray();
  }

  /** Returns the lower edge of each bin. */
  public float[] lowerEdges() {
    return floats(edges.stream().flatMap(list -> list.stream().limit(bins(list))).toList());
  }

  /** Returns the factor 1 / (upper - lower) of each bin. */
  public float[] slopes() {
    return floats(
        edges.stream()
            .flatMap(
                list ->
                    IntStream.range(1, list.size())
                        .mapToObj(
                            i -> 1.0 / (list.get(i).floatValue() - list.get(i - 1).floatValue())))
            .toList());
  }

  private static float[] floats(List<Double> numbers) {
    float[] floats = new float[numbers.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = numbers.get(i).floatValue();
    }
    return floats;
  }

  /**
   * Returns the inputs that are not encoded.
   *
   * @param inputs the number of inputs
   */
  public int[] otherInputs(int inputs) {
    return IntStream.range(0, inputs)
        .filter(input -> input >= edges.size() || edges.get(input).isEmpty())
        .toArray();
  }

  @Override
  public Optional<Shape> outputShape(Shape input) {
    return input instanceof Shape.Flat row && row.size() >= edges.size()
        ? Optional.of(new Shape.Flat(bins() + otherInputs(row.size()).length))
        : Optional.empty();
  }

  @Override
  public String inputRequirement() {
    return "a row of at least " + edges.size() + " numbers";
  }

  /** Returns the numbers of bins instead of all edges. */
  @Override
  public String display() {
    return KEY + " = " + edges.stream().map(PiecewiseLinear::bins).toList();
  }
}
