/**
 * Augments training images (shift, rotation, zoom) and writes training examples into minibatches.
 *
 * <p>Imports batch and data. Start reading at {@link io.meanfield.train.augment.ImageAugmenter}.
 */
package io.meanfield.train.augment;
