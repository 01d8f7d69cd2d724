package io.meanfield.network;

import io.meanfield.network.layers.ParameterKind;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The first layers in which the weights of two networks differ in number, kind or shape. Layers
 * without weights, and activations, may differ, because the weights still fit.
 */
public final class WeightMismatch {
  private final NetworkSettings one;
  private final NetworkSettings other;
  private final int position; // among the layers with weights

  private WeightMismatch(NetworkSettings one, NetworkSettings other, int position) {
    this.one = one;
    this.other = other;
    this.position = position;
  }

  /** Returns the mismatch of two networks; empty if the weights of one fit the other. */
  public static Optional<WeightMismatch> of(NetworkSettings one, NetworkSettings other) {
    List<Integer> layersOfOne = layersWithWeights(one);
    List<Integer> layersOfOther = layersWithWeights(other);
    return IntStream.range(0, Math.max(layersOfOne.size(), layersOfOther.size()))
        .filter(
            i ->
                i >= Math.min(layersOfOne.size(), layersOfOther.size())
                    || !signatures(one, layersOfOne.get(i))
                        .equals(signatures(other, layersOfOther.get(i))))
        .mapToObj(i -> new WeightMismatch(one, other, i))
        .findFirst();
  }

  private static List<Integer> layersWithWeights(NetworkSettings network) {
    return ParameterLayout.of(network).parameters().stream()
        .map(Parameter::layer)
        .distinct()
        .toList();
  }

  /** The properties of an array that must be equal for its weights to fit. */
  private record ParameterSignature(ParameterKind kind, List<Integer> shape) {}

  private static List<ParameterSignature> signatures(NetworkSettings network, int layer) {
    return ParameterLayout.of(network).of(layer).stream()
        .map(parameter -> new ParameterSignature(parameter.kind(), parameter.shape()))
        .toList();
  }

  /** Returns a clause, without a full stop, that describes both layers. */
  public String message(String nameOfOne, String nameOfOther) {
    return layer(one, nameOfOne) + ", and " + layer(other, nameOfOther);
  }

  private String layer(NetworkSettings network, String name) {
    List<Integer> layers = layersWithWeights(network);
    if (position >= layers.size()) {
      return "the number of layers with weights in %s is only %s".formatted(name, layers.size());
    }
    int layer = layers.get(position);
    return "layer %s of %s is %s on inputs %s"
        .formatted(
            layer,
            name,
            network.layer(layer).display(),
            network.shapes().get(layer % network.layers().size()).dimensions());
  }
}
