/**
 * The interface between training and an engine: a learner fits minibatches and predicts. Knows no
 * Spark.
 *
 * <p>Imports network. Start reading at {@link io.meanfield.learner.Learner}, then {@link
 * io.meanfield.learner.Minibatch}.
 */
package io.meanfield.learner;
