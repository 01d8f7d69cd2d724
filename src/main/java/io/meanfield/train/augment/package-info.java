/**
 * Augments training images (shift, rotation, zoom) and writes training examples into minibatches.
 *
 * <p>Imports batch, learner, data, data.shard, network, network.layers, random and settings. Start
 * reading at {@link io.meanfield.train.augment.ImageAugmenter}.
 */
package io.meanfield.train.augment;
