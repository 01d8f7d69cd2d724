/**
 * Reads every kind of table, such as CSV, Parquet, a table of a catalog or a DataFrame, as rows of
 * Spark, and turns the rows into examples.
 *
 * <p>Imports data, data.column, data.encoding, data.frame.packed, data.source, data.table, error,
 * random, settings and store.file. Start reading at {@link io.meanfield.data.frame.FrameReader}.
 */
package io.meanfield.data.frame;
