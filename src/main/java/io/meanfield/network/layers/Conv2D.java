package io.meanfield.network.layers;

import io.meanfield.settings.Section;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A convolution of an image with a bias, then the activation; the output is [height, width,
 * filters].
 *
 * @param l2 as for {@link Dense}
 */
public record Conv2D(
    int filters, Size kernel, Size strides, Padding padding, Activation activation, double l2)
    implements Layer {
  static final String KEY = "conv2d";
  private static final String KERNEL = "kernel";
  private static final String PADDING = "padding";

  static Conv2D read(Section layer) {
    return new Conv2D(
        layer.integer(KEY, 1),
        Size.read(layer, KERNEL),
        Size.readStrides(layer, Size.ONE),
        layer.has(PADDING) ? layer.choice(PADDING, Padding.class) : Padding.VALID,
        LayerSettings.elementwiseActivation(layer, KEY),
        LayerSettings.l2(layer));
  }

  @Override
  public Map<String, Object> toSettings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put(KEY, filters);
    settings.put(KERNEL, kernel.toSettings());
    settings.put(LayerSettings.STRIDES, strides.toSettings());
    settings.put(PADDING, LayerSettings.name(padding));
    settings.put(LayerSettings.ACTIVATION, LayerSettings.name(activation));
    settings.put(LayerSettings.L2, l2);
    return settings;
  }

  @Override
  public Optional<Shape> outputShape(Shape input) {
    return input instanceof Shape.Image image
        ? Window.outputShape(image, kernel, strides, padding, filters)
        : Optional.empty();
  }

  @Override
  public String inputRequirement() {
    return padding == Padding.SAME
        ? Window.IMAGE
        : Window.IMAGE + " at least as large as its kernel";
  }

  @Override
  public List<ParameterSpec> parameters(Shape input) {
    return List.of(
        ParameterSpec.vector(ParameterKind.BIAS, Axis.of(filters), Initializer.Constant.ZERO),
        kernels(((Shape.Image) input).channels()));
  }

  // DL4J's shape is [filters, channels, height, width], Keras' [height, width, channels, filters].
  private ParameterSpec kernels(int channels) {
    int pixels = kernel.height() * kernel.width();
    return new ParameterSpec(
        ParameterKind.KERNEL,
        List.of(filters, channels, kernel.height(), kernel.width()),
        new Initializer.GlorotUniform(),
        List.of(
            Axis.of(kernel.height()).withStride(kernel.width()),
            Axis.of(kernel.width()),
            Axis.of(channels).withStride(pixels),
            Axis.of(filters).withStride(channels * pixels)));
  }
}
