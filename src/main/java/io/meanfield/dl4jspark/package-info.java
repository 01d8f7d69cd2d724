/**
 * The trainer behind DL4J Spark's own interface {@code TrainingMaster}: who has a {@code
 * SparkDl4jMultiLayer} changes the line that builds its training master. Needs DL4J Spark on the
 * class path; the application jar does not bring it.
 *
 * <p>Drives train; imports also data, network and settings. Start reading at {@link
 * io.meanfield.dl4jspark.AveragingTrainingMaster}, then {@link io.meanfield.dl4jspark.AveragedFit},
 * which is one call of {@code fit}.
 */
package io.meanfield.dl4jspark;
