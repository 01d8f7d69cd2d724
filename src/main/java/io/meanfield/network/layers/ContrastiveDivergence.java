package io.meanfield.network.layers;

/** The start of the Gibbs chains whose states a restricted Boltzmann machine unlearns. */
public enum ContrastiveDivergence {
  /** Contrastive divergence (Hinton 2002): the chains start at the examples of the minibatch. */
  CD,
  /**
   * Persistent contrastive divergence (Tieleman 2008): the chains continue from one minibatch to
   * the next. They start at the examples of the first minibatch after each average of the workers,
   * because chains of different workers have no average.
   */
  PCD
}
