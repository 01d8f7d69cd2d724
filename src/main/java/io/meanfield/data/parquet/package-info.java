/**
 * Reads tables from Parquet files and DataFrames through Spark.
 *
 * <p>Imports data.table and data. Start reading at {@link io.meanfield.data.parquet.ParquetSource}.
 */
package io.meanfield.data.parquet;
