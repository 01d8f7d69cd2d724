package io.meanfield.network.layers;

import io.meanfield.settings.Section;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A fully connected layer with a bias: {@code activation(x W + b)}, where W is [inputs, units].
 *
 * @param l2 the penalty {@code l2 * sum(W^2)} on the loss, Keras' kernel_regularizer; 0 for none
 */
public record Dense(int units, Activation activation, double l2) implements Layer {
  static final String KEY = "dense";

  /** Creates a layer without a penalty. */
  public Dense(int units, Activation activation) {
    this(units, activation, 0);
  }

  static Dense read(Section layer) {
    return new Dense(
        layer.integer(KEY, 1), LayerSettings.activation(layer), LayerSettings.l2(layer));
  }

  @Override
  public Map<String, Object> toSettings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put(KEY, units);
    settings.put(LayerSettings.ACTIVATION, LayerSettings.name(activation));
    settings.put(LayerSettings.L2, l2);
    return settings;
  }

  @Override
  public Optional<Shape> outputShape(Shape input) {
    return FullyConnected.outputShape(input, units);
  }

  @Override
  public String inputRequirement() {
    return FullyConnected.INPUT_REQUIREMENT;
  }

  @Override
  public List<ParameterSpec> parameters(Shape input) {
    return FullyConnected.parameters(input, units);
  }

  @Override
  public Optional<Dense> asDense() {
    return Optional.of(this);
  }
}
