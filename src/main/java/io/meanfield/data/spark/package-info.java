/**
 * Reads tables of catalogs, the results of queries, and Spark's data sources.
 *
 * <p>Imports data.parquet, which reads DataFrames, and data. Start reading at {@link
 * io.meanfield.data.spark.SparkSource}.
 */
package io.meanfield.data.spark;
