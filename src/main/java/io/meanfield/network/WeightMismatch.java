package io.meanfield.network;

import io.meanfield.network.layers.ParameterKind;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The first layers in which the weights of two networks differ in number or shape. Layers without
 * weights, and activations, may differ, because the weights still fit.
 */
public final class WeightMismatch {
  private final NetworkSettings one;
  private final NetworkSettings other;
  private final int place;

  private WeightMismatch(NetworkSettings one, NetworkSettings other, int place) {
    this.one = one;
    this.other = other;
    this.place = place;
  }

  /** Returns the mismatch of two networks; empty if the weights of one fit the other. */
  public static Optional<WeightMismatch> of(NetworkSettings one, NetworkSettings other) {
    List<Integer> ours = layersWithWeights(one);
    List<Integer> theirs = layersWithWeights(other);
    return IntStream.range(0, Math.max(ours.size(), theirs.size()))
        .filter(
            i ->
                i >= Math.min(ours.size(), theirs.size())
                    || !shapes(one, ours.get(i)).equals(shapes(other, theirs.get(i))))
        .mapToObj(i -> new WeightMismatch(one, other, i))
        .findFirst();
  }

  private static List<Integer> layersWithWeights(NetworkSettings network) {
    return ParameterLayout.of(network).parameters().stream()
        .map(Parameter::layer)
        .distinct()
        .toList();
  }

  private record ParameterSignature(ParameterKind kind, List<Integer> shape) {}

  private static List<ParameterSignature> shapes(NetworkSettings network, int layer) {
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
    if (place >= layers.size()) {
      return "there are only " + layers.size() + " layers with weights in " + name;
    }
    int layer = layers.get(place);
    return "layer "
        + layer
        + " of "
        + name
        + " is "
        + network.layers().get(layer).display()
        + " on inputs "
        + network.shapes().get(layer).dimensions();
  }
}
