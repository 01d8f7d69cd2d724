package io.meanfield.pretrain;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;

/**
 * The scores of a layer as a restricted Boltzmann machine or an autoencoder: sums over examples.
 *
 * @param crossEntropy of the reconstructions, the mean over the inputs
 * @param freeEnergy F(v), for which p(v) is proportional to exp(-F(v)) (Hinton 2010, section 16.1)
 * @param pseudoLikelihood logarithm of the pseudo-likelihood in nats (Besag 1975), estimated from
 *     one random input of each example, after inputs are rounded to 0 or 1
 */
@DefaultSerializer(JavaSerializer.class)
record LayerScore(long examples, double crossEntropy, double freeEnergy, double pseudoLikelihood)
    implements Serializable {
  static final LayerScore NONE = new LayerScore(0, 0, 0, 0);

  // Below, the logarithm of a rounded probability would be infinite.
  private static final double LEAST = 1e-7;

  /**
   * Scores one example.
   *
   * @param key selects the input whose conditional probability is computed
   */
  static LayerScore of(TiedLayer layer, float[] visible, long key) {
    float[] hidden = new float[layer.units()];
    float[] found = new float[visible.length];
    layer.encode(visible, hidden);
    layer.decode(hidden, found);
    double crossEntropy = 0;
    for (int i = 0; i < found.length; i++) {
      double p = Math.min(Math.max(found[i], LEAST), 1 - LEAST);
      crossEntropy -= visible[i] * StrictMath.log(p) + (1 - visible[i]) * StrictMath.log1p(-p);
    }
    return new LayerScore(
        1,
        crossEntropy / visible.length,
        layer.freeEnergy(visible),
        pseudoLikelihood(layer, visible, key));
  }

  private static double pseudoLikelihood(TiedLayer layer, float[] visible, long key) {
    float[] rounded = new float[visible.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = Math.round(visible[i]);
    }
    double energy = layer.freeEnergy(rounded);
    int flipped = Draws.index(rounded.length, key);
    rounded[flipped] = 1 - rounded[flipped];
    double difference = layer.freeEnergy(rounded) - energy;
    // The logarithm of the sigmoid of the difference.
    double log = Math.min(difference, 0) - StrictMath.log1p(StrictMath.exp(-Math.abs(difference)));
    return visible.length * log;
  }

  LayerScore plus(LayerScore other) {
    return new LayerScore(
        examples + other.examples,
        crossEntropy + other.crossEntropy,
        freeEnergy + other.freeEnergy,
        pseudoLikelihood + other.pseudoLikelihood);
  }

  /** Returns the means over the examples, of which there is at least one. */
  LayerScore mean() {
    return new LayerScore(
        examples, crossEntropy / examples, freeEnergy / examples, pseudoLikelihood / examples);
  }
}
