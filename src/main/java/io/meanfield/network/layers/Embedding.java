package io.meanfield.network.layers;

import io.meanfield.settings.Section;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Replaces each category index by a row of a trained matrix [categories, units]: Bengio et al.
 * 2003, section 2. Its input is [steps], its output [steps, units]. It can only be the first layer.
 */
public record Embedding(int units, int categories) implements Layer {
  static final String KEY = "embedding";
  private static final String CATEGORIES = "categories";
  // Inputs are 32-bit floats, which hold every whole number up to here.
  static final int MAX_CATEGORIES = 1 << 24;
  // Keras' default, the initializer uniform.
  private static final double INITIAL_LIMIT = 0.05;

  static Embedding read(Section layer) {
    int categories = layer.integer(CATEGORIES, 1);
    if (categories > MAX_CATEGORIES) {
      layer.invalid(CATEGORIES, "at most " + MAX_CATEGORIES);
    }
    return new Embedding(layer.integer(KEY, 1), categories);
  }

  @Override
  public Map<String, Object> toSettings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put(KEY, units);
    settings.put(CATEGORIES, categories);
    return settings;
  }

  @Override
  public Optional<Shape> outputShape(Shape input) {
    return input instanceof Shape.Flat indices
        ? Optional.of(new Shape.Sequence(indices.size(), units))
        : Optional.empty();
  }

  @Override
  public String inputRequirement() {
    return "a row of category indices [steps]";
  }

  @Override
  public AcceptedInputs acceptedInputs() {
    return new AcceptedInputs.Indices(categories);
  }

  @Override
  public List<ParameterSpec> parameters(Shape input) {
    return List.of(matrix(categories, units));
  }

  /** Returns a matrix with a row of {@code units} numbers for each category. */
  static ParameterSpec matrix(int categories, int units) {
    return ParameterSpec.matrix(
        ParameterKind.KERNEL,
        Axis.of(categories),
        Axis.of(units),
        new Initializer.Uniform(INITIAL_LIMIT));
  }
}
