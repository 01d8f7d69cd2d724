package io.meanfield.train;

import java.io.Serializable;
import java.util.function.DoubleSupplier;

/** The number of minibatches between two averages of all groups, fixed or by a rule. */
public sealed interface SyncInterval extends Serializable
    permits AveragingInterval, QuadraticSynchronization {

  /**
   * Returns the number of minibatches of a worker in a round, at least 1 and at most {@code most}.
   *
   * @param learningRate learning rate of the round's first step
   * @param most minibatches after which an average is taken in any case, at least 1
   */
  int minibatches(DoubleSupplier learningRate, int most);
}
