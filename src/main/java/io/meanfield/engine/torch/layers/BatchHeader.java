package io.meanfield.engine.torch.layers;

import io.meanfield.data.PixelScale;
import io.meanfield.learner.Minibatch;
import io.meanfield.network.TaskType;

/**
 * What a step needs of a minibatch besides its numbers.
 *
 * @param size number of examples
 * @param divisor of the features: 255 if they are the pixels of images, else 1
 * @param weighted whether the examples have sample weights
 * @param accuracyWeighted whether the sample weights count in the accuracy
 * @param key of the random numbers in the step
 */
public record BatchHeader(
    int size, int divisor, boolean weighted, boolean accuracyWeighted, long key, TaskType task) {
  public static BatchHeader of(Minibatch batch) {
    return new BatchHeader(
        batch.size(),
        batch.holdsImages() ? PixelScale.MAX_PIXEL : 1,
        batch.isWeighted(),
        batch.isAccuracyWeighted(),
        batch.key(),
        batch.task());
  }
}
