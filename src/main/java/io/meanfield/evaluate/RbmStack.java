package io.meanfield.evaluate;

import io.meanfield.network.Model;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.ParameterLayout;
import io.meanfield.network.layers.Rbm;
import io.meanfield.random.Permutation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The restricted Boltzmann machines with which a network begins. Their samples are those of a deep
 * belief network (Hinton, Osindero and Teh 2006, section 6): Gibbs chains of the last machine,
 * followed by one pass down through the others.
 */
public final class RbmStack {
  /** The Gibbs steps of each chain, after which its start is forgotten. */
  public static final int STEPS = 1_000;

  private final List<RbmLayer> layers;

  private RbmStack(List<RbmLayer> layers) {
    this.layers = layers;
  }

  /** Returns the machines of a model; empty if its first layer is another one. */
  public static RbmStack of(Model model) {
    NetworkSettings network = model.network().settings();
    ParameterLayout layout = ParameterLayout.of(network);
    List<RbmLayer> layers = new ArrayList<>();
    for (int i = 0; i < network.layers().size(); i++) {
      if (!(network.layers().get(i) instanceof Rbm rbm)) {
        break;
      }
      layers.add(RbmLayer.of(rbm, i, layout, model.state()));
    }
    return new RbmStack(layers);
  }

  /** Returns whether the network begins with no restricted Boltzmann machine. */
  public boolean isEmpty() {
    return layers.isEmpty();
  }

  /** Returns the number of hidden units of the first machine. */
  public int units() {
    return layers.get(0).rbm().units();
  }

  /**
   * Draws examples: the means of the visible units at the end of independent chains.
   *
   * @param seed equal seeds give equal examples
   */
  public List<float[]> samples(int count, long seed) {
    return IntStream.range(0, count)
        .mapToObj(chain -> sample(Permutation.key(seed, chain)))
        .toList();
  }

  private float[] sample(long key) {
    float[] visible = layers.get(layers.size() - 1).chain(STEPS, key);
    for (int i = layers.size() - 2; i >= 0; i--) {
      visible = layers.get(i).visible(visible);
    }
    return visible;
  }

  /** Returns the weights of the first hidden units of the first machine, one number an input. */
  public List<float[]> receptiveFields(int count) {
    return IntStream.range(0, count).mapToObj(layers.get(0)::receptiveField).toList();
  }
}
