package io.meanfield.network.layers;

import io.meanfield.settings.Section;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * In training, each number becomes 0 with probability {@code rate} and is divided by {@code 1 -
 * rate} otherwise (inverted dropout, Srivastava et al. 2014, section 10).
 */
public record Dropout(double rate) implements Layer {
  static final String KEY = "dropout";

  static Dropout read(Section layer) {
    return new Dropout(layer.number(KEY, LayerSettings::isRate, LayerSettings.RATE_RANGE, 0));
  }

  @Override
  public Map<String, Object> toSettings() {
    return Map.of(KEY, rate);
  }

  @Override
  public Optional<Shape> outputShape(Shape input) {
    return Optional.of(input);
  }

  @Override
  public String inputRequirement() {
    return "any input";
  }

  @Override
  public IntUnaryOperator outputOrder(Shape input, IntUnaryOperator inputOrder) {
    return inputOrder;
  }
}
