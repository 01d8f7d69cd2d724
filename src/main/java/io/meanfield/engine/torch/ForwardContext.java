package io.meanfield.engine.torch;

import io.meanfield.data.PixelScale;
import io.meanfield.learner.Minibatch;
import java.util.ArrayList;
import java.util.List;

/**
 * One forward pass of a minibatch.
 *
 * @param size of the minibatch
 * @param divisor of the features: 255 for the pixels of images
 * @param training whether the pass is part of training, where dropout and batch normalisation
 *     differ
 * @param key of the random numbers
 * @param deferred work of layers for the time after the backward pass: before it, LibTorch does not
 *     allow them to change weights
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
