package io.meanfield.network.layers;

import io.meanfield.settings.Section;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A dense layer, {@code h = activation(x W + b)}, that can be pre-trained without labels. In
 * pre-training some inputs are set to 0, and the layer reconstructs the original inputs through the
 * same weights, {@code activation(h W^T + c)} (a denoising autoencoder, Vincent et al. 2008,
 * section 2.3).
 *
 * @param corruption the probability with which pre-training sets an input to 0
 */
public record Autoencoder(int units, Activation activation, double corruption) implements Layer {
  static final String KEY = "autoencoder";
  private static final String CORRUPTION = "corruption";

  static Autoencoder read(Section layer) {
    return new Autoencoder(
        layer.integer(KEY, 1),
        LayerSettings.elementwiseActivation(layer, KEY),
        LayerSettings.rate(layer, CORRUPTION, 0.3));
  }

  @Override
  public Map<String, Object> toSettings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put(KEY, units);
    settings.put(LayerSettings.ACTIVATION, LayerSettings.name(activation));
    settings.put(CORRUPTION, corruption);
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
    return FullyConnected.reconstructingParameters(input, units);
  }

  @Override
  public Optional<Activation> reconstructionActivation() {
    return Optional.of(activation);
  }

  @Override
  public OptionalDouble pretrainingCorruption() {
    return OptionalDouble.of(corruption);
  }
}
