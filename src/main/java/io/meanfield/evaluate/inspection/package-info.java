/**
 * Inspects a model on labelled examples for the page of a run: curves, histograms, the most
 * confident mistakes beside random other examples, and the permutation importance of columns.
 * Writes their tables.
 *
 * <p>Imports evaluate, evaluate.metric, batch, data, data.column, network, network.layers, report,
 * store and random. Start reading at {@link io.meanfield.evaluate.inspection.Inspection}.
 */
package io.meanfield.evaluate.inspection;
