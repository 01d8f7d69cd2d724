/**
 * What Spark's UI shows of a run: the names and the group of its jobs.
 *
 * <p>Imports no other package. Start reading at {@link io.meanfield.sparkui.SparkJobs}.
 */
package io.meanfield.sparkui;
