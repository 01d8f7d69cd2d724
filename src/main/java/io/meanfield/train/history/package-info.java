/**
 * What a training reports: results of epochs, rows of rounds, times, and the listeners that record
 * them, stop a training early or keep its best epoch.
 *
 * <p>Imports data.source, engine, error, evaluate, evaluate.metric, network, settings, store and
 * store.table. Start reading at {@link io.meanfield.train.history.TrainingListener}.
 */
package io.meanfield.train.history;
