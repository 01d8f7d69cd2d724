/**
 * Decides whether data are fit to train on: profiles a data set in passes whose result depends on
 * the data alone, compares the profile with bounds and with the profile of the champion's training
 * data, and reports every check.
 *
 * <p>Imports data, data.column, data.encoding, error, json, settings, store and store.table. Start
 * reading at {@link io.meanfield.gate.Gate}.
 */
package io.meanfield.gate;
