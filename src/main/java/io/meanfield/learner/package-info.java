/**
 * The interface between training and an engine: a learner fits minibatches and predicts. The
 * package does not depend on Spark.
 *
 * <p>Imports data (the scale of pixels), network, network.layers and random. Start reading at
 * {@link io.meanfield.learner.Learner}, then {@link io.meanfield.learner.Minibatch}.
 */
package io.meanfield.learner;
