/**
 * Augments training images: shift, rotation, zoom.
 *
 * <p>Imports network.layers, random and settings. Start reading at {@link
 * io.meanfield.train.augment.ImageAugmenter}.
 */
package io.meanfield.train.augment;
