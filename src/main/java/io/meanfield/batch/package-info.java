/**
 * Writes examples into minibatches and runs forward passes on an executor.
 *
 * <p>Imports engine, learner, network and data. Start reading at {@link
 * io.meanfield.batch.BatchWriter}.
 */
package io.meanfield.batch;
