package io.meanfield.network;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.network.layers.ParameterKind;
import java.io.Serializable;
import java.util.List;
import java.util.function.DoubleBinaryOperator;

/**
 * The scale in which a network learns numbers: {@code (target - mean) / deviation}, so that every
 * output has about the size of the first weights' outputs. A finished model has the scale in the
 * weights of its last layer, whose outputs are then in the unit of the targets.
 *
 * @param means of the outputs' targets; empty to learn targets as they are
 * @param deviations of the outputs' targets, each above 0
 */
@DefaultSerializer(JavaSerializer.class)
public record TargetScale(List<Double> means, List<Double> deviations) implements Serializable {
  /** Targets are learned as they are. */
  public static final TargetScale NONE = new TargetScale(List.of(), List.of());

  public TargetScale {
    means = List.copyOf(means);
    deviations = List.copyOf(deviations);
    if (means.size() != deviations.size() || !deviations.stream().allMatch(d -> d > 0)) {
      throw new IllegalArgumentException(
          "expected a mean and a positive deviation for each output, found " + deviations);
    }
  }

  /** Returns whether targets are learned as they are. */
  public boolean isNone() {
    return means.isEmpty();
  }

  /** Writes the scaled targets of one example, {@code means.size()} numbers, to {@code to}. */
  public void scale(float[] from, int first, float[] to, int offset) {
    for (int i = 0; i < means.size(); i++) {
      to[offset + i] = (float) ((from[first + i] - means.get(i)) / deviations.get(i));
    }
  }

  /**
   * Returns weights whose outputs are in the unit of the targets, {@code deviation * output +
   * mean}, from weights whose outputs are scaled.
   *
   * @param network ends with a dense layer with the activation linear
   */
  float[] unscaled(NetworkSettings network, float[] weights) {
    return changed(network, weights, (weight, d) -> weight * d, (bias, m, d) -> bias * d + m);
  }

  /** Returns the weights of which {@link #unscaled} makes {@code weights}, but for rounding. */
  float[] scaled(NetworkSettings network, float[] weights) {
    return changed(network, weights, (weight, d) -> weight / d, (bias, m, d) -> (bias - m) / d);
  }

  private static List<Parameter> lastLayers(NetworkSettings network) {
    int layers = network.layers().size();
    return ParameterLayout.of(network).parameters().stream()
        .filter(parameter -> parameter.layer() % layers == layers - 1)
        .toList();
  }

  @FunctionalInterface
  private interface BiasRule {
    double apply(double bias, double mean, double deviation);
  }

  private float[] changed(
      NetworkSettings network, float[] weights, DoubleBinaryOperator kernel, BiasRule bias) {
    float[] changed = weights.clone();
    if (isNone()) {
      return changed;
    }
    for (Parameter parameter : lastLayers(network)) {
      // A kernel [inputs, outputs] stands column by column, so an output's weights are adjacent.
      int each = parameter.count() / means.size();
      for (int i = 0; i < parameter.count(); i++) {
        int output = i / each;
        int at = parameter.offset() + i;
        changed[at] =
            (float)
                (parameter.kind() == ParameterKind.BIAS
                    ? bias.apply(weights[at], means.get(output), deviations.get(output))
                    : kernel.applyAsDouble(weights[at], deviations.get(output)));
      }
    }
    return changed;
  }
}
