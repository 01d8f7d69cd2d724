/**
 * Reads row groups of Parquet files, column by column, into primitive arrays, without Spark.
 *
 * <p>Imports no other package. Start reading at {@link
 * io.meanfield.data.parquet.rowgroup.RowRangeReader}.
 */
package io.meanfield.data.parquet.rowgroup;
