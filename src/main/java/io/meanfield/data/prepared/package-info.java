/**
 * Writes and reads prepared data sets: examples that the command {@code prepare} has converted
 * once.
 *
 * <p>Imports data, data.frame, store, json and error. Start reading at {@link
 * io.meanfield.data.prepared.PreparedDataset}.
 */
package io.meanfield.data.prepared;
