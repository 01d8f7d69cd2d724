package io.meanfield.network.layers;

import io.meanfield.settings.Section;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Replaces the last numbers of a row, which are category indices, by rows of trained matrices, one
 * matrix [categories, units] for each of these numbers: Guo and Berkhahn 2016, "Entity Embeddings
 * of Categorical Variables". It corresponds to one Embedding a column and a Concatenate in Keras.
 * Its input is [numbers + indices], its output [numbers + sum of units]. It can only be the first
 * layer.
 *
 * <p>A bag has several indices instead of one, such as the words of a text. Its rows are summed and
 * divided by the square root of their number, so that the size of the result depends little on the
 * number of words. Index 0 of a bag is none: it stands in the places that are left, and its row is
 * not used.
 *
 * <p>The indices of a weighted bag are followed by as many weights, by which its rows are
 * multiplied.
 *
 * @param units the columns of each matrix
 * @param categories the rows of each matrix; as many matrices as {@code units} has
 * @param bags the number of indices of each bag; 0 for a matrix with a single index
 * @param weighted the matrices whose bags are weighted, by their places from 0
 */
public record ColumnEmbeddings(
    List<Integer> units, List<Integer> categories, List<Integer> bags, List<Integer> weighted)
    implements Layer {
  /** The key of the layer in settings. */
  public static final String KEY = "column-embeddings";

  private static final String CATEGORIES = "categories";
  private static final String BAGS = "bags";
  private static final String WEIGHTED = "weighted";

  /** Copies the lists. */
  public ColumnEmbeddings {
    units = List.copyOf(units);
    categories = List.copyOf(categories);
    bags = List.copyOf(bags);
    weighted = List.copyOf(weighted);
  }

  /** Creates a layer without bags. */
  public ColumnEmbeddings(List<Integer> units, List<Integer> categories) {
    this(units, categories, Collections.nCopies(units.size(), 0), List.of());
  }

  static ColumnEmbeddings read(Section layer) {
    List<Integer> units = layer.integers(KEY, 1);
    List<Integer> categories = layer.integers(CATEGORIES, 1);
    if (categories.size() != units.size()) {
      layer.invalid(CATEGORIES, "as many numbers as %s has, %s".formatted(KEY, units.size()));
      return new ColumnEmbeddings(List.of(1), List.of(1));
    }
    if (categories.stream().anyMatch(count -> count > Embedding.MAX_CATEGORIES)) {
      layer.invalid(CATEGORIES, "numbers of at most " + Embedding.MAX_CATEGORIES);
    }
    List<Integer> bags =
        layer.isSet(BAGS) ? bags(layer, units.size()) : Collections.nCopies(units.size(), 0);
    return new ColumnEmbeddings(units, categories, bags, weighted(layer, bags));
  }

  private static List<Integer> weighted(Section layer, List<Integer> bags) {
    if (!layer.isSet(WEIGHTED)) {
      return List.of();
    }
    List<Integer> weighted = layer.integers(WEIGHTED, 0);
    if (weighted.stream().allMatch(place -> place < bags.size() && bags.get(place) > 0)) {
      return weighted;
    }
    layer.invalid(WEIGHTED, "places of bags, counted from 0");
    return List.of();
  }

  private static List<Integer> bags(Section layer, int columns) {
    List<Integer> bags = layer.integers(BAGS, 0);
    if (bags.size() != columns) {
      layer.invalid(BAGS, "as many numbers as %s has, %s".formatted(KEY, columns));
      return Collections.nCopies(columns, 0);
    }
    return bags;
  }

  @Override
  public Map<String, Object> toSettings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put(KEY, units);
    settings.put(CATEGORIES, categories);
    if (hasBags()) {
      settings.put(BAGS, bags);
    }
    if (!weighted.isEmpty()) {
      settings.put(WEIGHTED, weighted);
    }
    return settings;
  }

  /** Returns whether a column has several indices. */
  public boolean hasBags() {
    return bags.stream().anyMatch(bag -> bag > 0);
  }

  /** Returns the number of matrices. */
  public int columns() {
    return units.size();
  }

  /** Returns whether a matrix has a weighted bag. */
  public boolean isWeighted(int column) {
    return weighted.contains(column);
  }

  /** Returns the number of indices of a matrix. */
  private int indices(int column) {
    return Math.max(1, bags.get(column));
  }

  /** Returns the number of inputs of a matrix: its indices, and the weights of a weighted bag. */
  public int inputs(int column) {
    return (isWeighted(column) ? 2 : 1) * indices(column);
  }

  /** Returns how many inputs of a row are indices or weights. */
  public int inputs() {
    return IntStream.range(0, columns()).map(this::inputs).sum();
  }

  /** Returns how many numbers of the output come from the matrices. */
  public int width() {
    return units.stream().mapToInt(Integer::intValue).sum();
  }

  @Override
  public Optional<Shape> outputShape(Shape input) {
    return input instanceof Shape.Flat row && row.size() >= inputs()
        ? Optional.of(new Shape.Flat(row.size() - inputs() + width()))
        : Optional.empty();
  }

  @Override
  public String inputRequirement() {
    return "a row of numbers that ends with %d category indices%s"
        .formatted(inputs(), weighted.isEmpty() ? "" : " and weights");
  }

  @Override
  public AcceptedInputs acceptedInputs() {
    return new AcceptedInputs.LastIndices(
        IntStream.range(0, columns())
            .boxed()
            .flatMap(
                column ->
                    Stream.concat(
                        Collections.nCopies(indices(column), categories.get(column)).stream(),
                        Collections.nCopies(inputs(column) - indices(column), 0).stream()))
            .toList());
  }

  @Override
  public List<ParameterSpec> parameters(Shape input) {
    return IntStream.range(0, columns())
        .mapToObj(i -> Embedding.matrix(categories.get(i), units.get(i)).numbered(i))
        .toList();
  }
}
