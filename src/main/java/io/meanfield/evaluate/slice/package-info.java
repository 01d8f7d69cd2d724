/**
 * Metrics of a model on parts of its examples: the rows that share a value of a column, and the
 * rows on which a prediction moves against the direction that is expected of a column.
 *
 * <p>Imports batch, data, data.column, data.encoding, error, evaluate, evaluate.metric, network,
 * report, store and store.table. Start reading at {@link io.meanfield.evaluate.slice.Slices}.
 */
package io.meanfield.evaluate.slice;
