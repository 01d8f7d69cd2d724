/**
 * The measurements of a run as gauges of Spark's metrics system, for its servlets, JMX and every
 * other sink that a user has configured.
 *
 * <p>Imports tracking. Start reading at {@link io.meanfield.tracking.spark.SparkGauges}.
 */
package io.meanfield.tracking.spark;
