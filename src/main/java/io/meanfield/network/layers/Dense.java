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
  private static final String INPUT_REQUIREMENT =
      "a row of numbers: put { flatten = true } or a recurrent layer without return-sequences in"
          + " front";

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
    return input instanceof Shape.Flat ? Optional.of(new Shape.Flat(units)) : Optional.empty();
  }

  @Override
  public String inputRequirement() {
    return INPUT_REQUIREMENT;
  }

  /** Returns a kernel [inputs, units] and a bias [units]. */
  @Override
  public List<ParameterSpec> parameters(Shape input) {
    return List.of(
        ParameterSpec.matrix(
            ParameterKind.KERNEL,
            Axis.ofInputs(input.count()),
            Axis.of(units),
            new Initializer.GlorotUniform()),
        ParameterSpec.vector(ParameterKind.BIAS, Axis.of(units), Initializer.Constant.ZERO));
  }

  @Override
  public Optional<Dense> asDense() {
    return Optional.of(this);
  }
}
