/**
 * Writes and reads prepared data sets: examples that the command {@code prepare} has converted
 * once.
 *
 * <p>Imports data, data.encoding, data.frame, data.source, error, json, store, store.file and
 * store.table. Start reading at {@link io.meanfield.data.prepared.PreparedDataset}.
 */
package io.meanfield.data.prepared;
