package io.meanfield.network.layers;

import io.meanfield.settings.Section;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Replaces the last numbers of a row, which are category indices, by rows of trained matrices, one
 * matrix [categories, units] for each of these numbers: Guo and Berkhahn 2016, "Entity Embeddings
 * of Categorical Variables". It corresponds to one Embedding a column and a Concatenate in Keras.
 * Its input is [numbers + indices], its output [numbers + sum of units]. It can only be the first
 * layer.
 *
 * @param units the columns of each matrix
 * @param categories the rows of each matrix; as many matrices as {@code units} has
 */
public record ColumnEmbeddings(List<Integer> units, List<Integer> categories) implements Layer {
  /** The key of the layer in settings. */
  public static final String KEY = "column-embeddings";

  private static final String CATEGORIES = "categories";

  /** Copies the lists. */
  public ColumnEmbeddings {
    units = List.copyOf(units);
    categories = List.copyOf(categories);
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
    return new ColumnEmbeddings(units, categories);
  }

  @Override
  public Map<String, Object> toSettings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put(KEY, units);
    settings.put(CATEGORIES, categories);
    return settings;
  }

  /** Returns how many category indices a row has. */
  public int columns() {
    return units.size();
  }

  /** Returns how many numbers of the output come from the matrices. */
  public int width() {
    return units.stream().mapToInt(Integer::intValue).sum();
  }

  @Override
  public Optional<Shape> outputShape(Shape input) {
    return input instanceof Shape.Flat row && row.size() >= columns()
        ? Optional.of(new Shape.Flat(row.size() - columns() + width()))
        : Optional.empty();
  }

  @Override
  public String inputRequirement() {
    return "a row of numbers that ends with " + columns() + " category indices";
  }

  @Override
  public AcceptedInputs acceptedInputs() {
    return new AcceptedInputs.LastIndices(categories);
  }

  @Override
  public List<ParameterSpec> parameters(Shape input) {
    return IntStream.range(0, columns())
        .mapToObj(i -> Embedding.matrix(categories.get(i), units.get(i)).numbered(i))
        .toList();
  }
}
