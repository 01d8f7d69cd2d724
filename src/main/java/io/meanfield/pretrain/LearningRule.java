package io.meanfield.pretrain;

/** The direction in which a layer learns from an example without a label. Not thread-safe. */
interface LearningRule {
  /**
   * Adds the direction for one example to that of the minibatch.
   *
   * @param key of the random numbers
   */
  void add(float[] visible, long key, LayerStep step);
}
