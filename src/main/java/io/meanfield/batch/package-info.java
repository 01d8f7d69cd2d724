/**
 * Writes examples into minibatches, runs forward passes on an executor, and checks its memory.
 *
 * <p>Imports engine, learner, network and data. Start reading at {@link
 * io.meanfield.batch.BatchWriter}.
 */
package io.meanfield.batch;
