/**
 * The threshold of a model for two classes: the setting, the objectives by which a threshold is
 * chosen, and the comparison of thresholds. Does not use Spark.
 *
 * <p>Imports network and settings. Start reading at {@link
 * io.meanfield.evaluate.threshold.ThresholdSettings}, then {@link
 * io.meanfield.evaluate.threshold.Objective}.
 */
package io.meanfield.evaluate.threshold;
