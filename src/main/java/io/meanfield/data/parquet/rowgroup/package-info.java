/**
 * Reads row groups of Parquet files, column by column, into primitive arrays, without Spark.
 *
 * <p>Imports store and error. Start reading at {@link
 * io.meanfield.data.parquet.rowgroup.RowRangeReader}.
 */
package io.meanfield.data.parquet.rowgroup;
