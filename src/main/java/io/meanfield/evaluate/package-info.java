/**
 * How good a model is: forward passes on the cluster, the confusion matrix, metrics and their
 * tables, and the short score that training asks for after every epoch.
 *
 * <p>Imports data, network, store and settings. Start reading at {@link
 * io.meanfield.evaluate.Evaluator}.
 */
package io.meanfield.evaluate;
