/**
 * Evaluates a model on the cluster: predictions, metrics, their tables, and the short score that
 * training computes after every epoch.
 *
 * <p>Imports batch and every package below it. Start reading at {@link
 * io.meanfield.evaluate.Predictions}.
 */
package io.meanfield.evaluate;
