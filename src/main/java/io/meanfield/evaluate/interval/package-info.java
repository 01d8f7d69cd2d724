/**
 * The arithmetic of intervals and of sets of classes (conformal prediction): how they are found by
 * the errors of predictions, and how well they do on other rows. Does not use Spark.
 *
 * <p>Imports network and error. Start reading at {@link io.meanfield.evaluate.interval.Conformal}.
 */
package io.meanfield.evaluate.interval;
