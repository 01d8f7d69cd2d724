/**
 * Reads tables from Parquet files and DataFrames through Spark.
 *
 * <p>Imports data, data.column, data.table, store and error. Start reading at {@link
 * io.meanfield.data.parquet.ParquetSource}.
 */
package io.meanfield.data.parquet;
