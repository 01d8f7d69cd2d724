/**
 * Models that everybody knows, trained and scored on the examples of a network, so that its metrics
 * have something to be compared with: a constant, a linear model and boosted trees, the last two of
 * Spark MLlib.
 *
 * <p>Imports batch, data, data.encoding, evaluate, evaluate.metric, network, settings, store and
 * store.table. Start reading at {@link io.meanfield.evaluate.baseline.Baselines}.
 */
package io.meanfield.evaluate.baseline;
