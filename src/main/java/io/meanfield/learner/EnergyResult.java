package io.meanfield.learner;

import java.io.Serializable;

/**
 * The scores of a restricted Boltzmann machine on examples: sums over the examples.
 *
 * @param freeEnergy F(v), for which p(v) is proportional to exp(-F(v)) (Hinton 2010, section 16.1)
 * @param reconstructionError the loss of the reconstruction from the probabilities of the hidden
 *     units
 * @param pseudoLogLikelihood for binary visible units the estimate of the logarithm of the
 *     pseudo-likelihood (Besag 1975) from one unit of each example: their number times log p(unit |
 *     the others); NaN for others
 */
public record EnergyResult(
    long examples, double freeEnergy, double reconstructionError, double pseudoLogLikelihood)
    implements Serializable {
  /** The result of no examples. */
  public static final EnergyResult NONE = new EnergyResult(0, 0, 0, 0);

  /** Returns the sums of both results. */
  public EnergyResult plus(EnergyResult other) {
    return new EnergyResult(
        examples + other.examples,
        freeEnergy + other.freeEnergy,
        reconstructionError + other.reconstructionError,
        pseudoLogLikelihood + other.pseudoLogLikelihood);
  }
}
