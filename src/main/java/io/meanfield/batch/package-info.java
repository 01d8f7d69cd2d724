/**
 * Writes examples into minibatches, runs forward passes on an executor, provides the threads of a
 * task and checks its memory; knows the masters of Spark, and what tasks can request of them.
 *
 * <p>Imports engine, kernels, learner, data, network, network.layers and error. Start reading at
 * {@link io.meanfield.batch.BatchWriter}.
 */
package io.meanfield.batch;
