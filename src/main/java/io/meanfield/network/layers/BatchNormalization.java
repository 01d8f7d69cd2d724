package io.meanfield.network.layers;

import io.meanfield.settings.Section;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * Normalises each feature of a row, or each channel of an image, over the minibatch: Ioffe and
 * Szegedy 2015, algorithms 1 and 2, except that running variances average the biased variances of
 * the minibatches (divided by n, not n - 1), as in Keras 3.
 *
 * @param momentum of the running means and variances: {@code running = momentum * running + (1 -
 *     momentum) * batch}
 * @param epsilon the number that is added to a variance before its root is taken
 */
public record BatchNormalization(double momentum, double epsilon) implements Layer {
  static final String KEY = "batch-normalization";
  private static final String MOMENTUM = "momentum";
  private static final String EPSILON = "epsilon";

  static BatchNormalization read(Section layer) {
    layer.requireTrue(KEY);
    return new BatchNormalization(
        LayerSettings.rate(layer, MOMENTUM, 0.99),
        layer.optionalNumber(EPSILON, e -> e > 0 && e < 1, "above 0 and below 1", 0.001));
  }

  @Override
  public Map<String, Object> toSettings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put(KEY, true);
    settings.put(MOMENTUM, momentum);
    settings.put(EPSILON, epsilon);
    return settings;
  }

  @Override
  public Optional<Shape> outputShape(Shape input) {
    return input instanceof Shape.Sequence ? Optional.empty() : Optional.of(input);
  }

  @Override
  public String inputRequirement() {
    return "a row of numbers or an image";
  }

  @Override
  public List<ParameterSpec> parameters(Shape input) {
    int channels = input instanceof Shape.Image image ? image.channels() : input.count();
    return List.of(
        vector(ParameterKind.GAMMA, channels, Initializer.Constant.ONE),
        vector(ParameterKind.BETA, channels, Initializer.Constant.ZERO),
        vector(ParameterKind.RUNNING_MEAN, channels, Initializer.Constant.ZERO),
        // 0 is the logarithm of a standard deviation of 1.
        vector(ParameterKind.RUNNING_LOG_DEVIATION, channels, Initializer.Constant.ZERO));
  }

  private static ParameterSpec vector(ParameterKind kind, int channels, Initializer initializer) {
    return ParameterSpec.vector(kind, Axis.ofInputs(channels), initializer);
  }

  @Override
  public IntUnaryOperator outputOrder(Shape input, IntUnaryOperator inputOrder) {
    return inputOrder;
  }
}
