/**
 * Reads tables of catalogs, the results of queries, and Spark's data sources.
 *
 * <p>Imports data, data.parquet (which reads DataFrames), store, settings and error. Start reading
 * at {@link io.meanfield.data.spark.SparkSource}.
 */
package io.meanfield.data.spark;
