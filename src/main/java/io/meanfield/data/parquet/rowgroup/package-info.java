/**
 * Reads row groups of Parquet files, column by column, into primitive arrays, without Spark.
 *
 * <p>Imports {@code error} and {@code store} only. Start reading at {@link
 * io.meanfield.data.parquet.rowgroup.RowRangeReader}.
 */
package io.meanfield.data.parquet.rowgroup;
