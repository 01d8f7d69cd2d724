/**
 * Reads tables from Parquet files through Spark.
 *
 * <p>Imports data.table and data. Start reading at {@link io.meanfield.data.parquet.ParquetSource}.
 */
package io.meanfield.data.parquet;
