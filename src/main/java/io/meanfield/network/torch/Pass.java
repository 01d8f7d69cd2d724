package io.meanfield.network.torch;

import io.meanfield.network.Minibatch;
import java.util.ArrayList;
import java.util.List;

/**
 * One way of a minibatch through the layers.
 *
 * @param size of the minibatch
 * @param training whether layers that differ do what they do while training
 * @param key what chance is drawn from
 * @param afterwards what layers leave to be done when the gradient is known: before, LibTorch would
 *     not let them touch the weights
 */
record Pass(int size, boolean training, long key, List<Runnable> afterwards) {
  static Pass training(Minibatch batch) {
    return new Pass(batch.size(), true, batch.key(), new ArrayList<>());
  }

  static Pass predicting(Minibatch batch) {
    return new Pass(batch.size(), false, 0, List.of());
  }
}
