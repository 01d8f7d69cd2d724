package io.meanfield.engine.torch;

import io.meanfield.data.PixelScale;
import io.meanfield.learner.Minibatch;
import java.util.ArrayList;
import java.util.List;

/**
 * One way of a minibatch through the layers.
 *
 * @param size of the minibatch
 * @param divisor of the features: what the layers see of images is a 255th of their pixels
 * @param training whether layers that differ do what they do while training
 * @param key what chance is drawn from
 * @param deferred what layers leave to be done when the gradient is known: before, LibTorch would
 *     not let them touch the weights
 */
record ForwardContext(int size, int divisor, boolean training, long key, List<Runnable> deferred) {
  static ForwardContext training(Minibatch batch) {
    return new ForwardContext(batch.size(), divisor(batch), true, batch.key(), new ArrayList<>());
  }

  static ForwardContext predicting(Minibatch batch) {
    return new ForwardContext(batch.size(), divisor(batch), false, 0, List.of());
  }

  private static int divisor(Minibatch batch) {
    return batch.holdsImages() ? PixelScale.MAX_PIXEL : 1;
  }
}
