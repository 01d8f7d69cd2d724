/**
 * The interface between training and an engine: a learner fits minibatches and predicts. Knows no
 * Spark.
 *
 * <p>Imports network, random and the scale of pixels out of data. Start reading at {@link
 * io.meanfield.learner.Learner}, then {@link io.meanfield.learner.Minibatch}.
 */
package io.meanfield.learner;
