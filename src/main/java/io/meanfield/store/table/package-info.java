/**
 * Parquet tables of a run, without duplicate rows after a retry, and the tables that a command
 * writes elsewhere.
 *
 * <p>Imports error, json, store and store.file. Start reading at {@link
 * io.meanfield.store.table.RowTable}.
 */
package io.meanfield.store.table;
