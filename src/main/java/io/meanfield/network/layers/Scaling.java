package io.meanfield.network.layers;

import io.meanfield.settings.Section;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * Multiplies each number of a row by a trained factor, 1 at the start, so that a network learns
 * which of its inputs matter: Holzmüller et al. 2024, "Better by Default", section 3. Its input and
 * output are [numbers].
 */
public record Scaling() implements Layer {
  static final String KEY = "scaling";

  static Scaling read(Section layer) {
    layer.requireTrue(KEY);
    return new Scaling();
  }

  @Override
  public Map<String, Object> toSettings() {
    return Map.of(KEY, true);
  }

  @Override
  public Optional<Shape> outputShape(Shape input) {
    return input instanceof Shape.Flat ? Optional.of(input) : Optional.empty();
  }

  @Override
  public String inputRequirement() {
    return "a row of numbers";
  }

  @Override
  public List<ParameterSpec> parameters(Shape input) {
    return List.of(
        ParameterSpec.vector(
            ParameterKind.SCALE, Axis.ofInputs(input.count()), Initializer.Constant.ONE));
  }

  @Override
  public IntUnaryOperator outputOrder(Shape input, IntUnaryOperator inputOrder) {
    return inputOrder;
  }
}
