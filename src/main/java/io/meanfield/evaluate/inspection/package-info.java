/**
 * Inspects a model on labelled examples for the page of a run: ROC and precision-recall curves, the
 * residuals of a regression, and the permutation importance of columns. Writes their tables.
 *
 * <p>Imports batch, data, data.encoding, evaluate, evaluate.contribution, evaluate.metric,
 * evaluate.threshold, network, random, store and store.table. Start reading at {@link
 * io.meanfield.evaluate.inspection.Inspection}.
 */
package io.meanfield.evaluate.inspection;
