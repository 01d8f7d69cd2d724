/**
 * How good a model is: forward passes on the cluster, the metrics of each kind of task and their
 * tables, and the short score that training asks for after every epoch. Data meet networks here:
 * {@link io.meanfield.evaluate.Feed}.
 *
 * <p>Imports data, network, store and settings. Start reading at {@link
 * io.meanfield.evaluate.Predictions}.
 */
package io.meanfield.evaluate;
