/**
 * Parameter averaging as a {@code TrainingMaster} of DL4J Spark: a user of {@code
 * SparkDl4jMultiLayer} changes only the line that builds the training master. Needs DL4J Spark on
 * the class path; the application jar does not contain it.
 *
 * <p>Imports train and every package below it. Start reading at {@link
 * io.meanfield.dl4jspark.AveragingTrainingMaster}, then {@link io.meanfield.dl4jspark.FitRun},
 * which is one call of {@code fit}.
 */
package io.meanfield.dl4jspark;
