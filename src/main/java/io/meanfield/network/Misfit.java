package io.meanfield.network;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The first layers in which the weights of two networks differ in number or shape. Layers without
 * weights and activations may differ: weights go over all the same.
 */
public final class Misfit {
  private final NetworkSettings one;
  private final NetworkSettings other;
  private final int place;

  private Misfit(NetworkSettings one, NetworkSettings other, int place) {
    this.one = one;
    this.other = other;
    this.place = place;
  }

  /** The misfit of two networks; nothing if the weights of one fit the other. */
  public static Optional<Misfit> of(NetworkSettings one, NetworkSettings other) {
    List<Integer> ours = layersWithWeights(one);
    List<Integer> theirs = layersWithWeights(other);
    return IntStream.range(0, Math.max(ours.size(), theirs.size()))
        .filter(
            i ->
                i >= Math.min(ours.size(), theirs.size())
                    || !shapes(one, ours.get(i)).equals(shapes(other, theirs.get(i))))
        .mapToObj(i -> new Misfit(one, other, i))
        .findFirst();
  }

  private static List<Integer> layersWithWeights(NetworkSettings network) {
    return Layout.of(network).parameters().stream().map(Parameter::layer).distinct().toList();
  }

  private record Kept(Parameter.Kind kind, List<Integer> shape) {}

  private static List<Kept> shapes(NetworkSettings network, int layer) {
    return Layout.of(network).of(layer).stream()
        .map(parameter -> new Kept(parameter.kind(), parameter.shape()))
        .toList();
  }

  /** A sentence without its end that names both layers. */
  public String sentence(String nameOfOne, String nameOfOther) {
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
        + network.layers().get(layer).words()
        + " on inputs "
        + network.shapes().get(layer).dimensions();
  }
}
