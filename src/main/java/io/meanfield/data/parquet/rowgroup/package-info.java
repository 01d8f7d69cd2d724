/**
 * Reads row groups of Parquet files without Spark: column by column into primitive arrays, and row
 * by row for the tables of a run.
 *
 * <p>Imports store and error. Start reading at {@link
 * io.meanfield.data.parquet.rowgroup.RowRangeReader}.
 */
package io.meanfield.data.parquet.rowgroup;
