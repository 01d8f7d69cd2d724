/**
 * The jobs that a person, a scheduler or a Spark program starts. Each job reads top to bottom as
 * phases. The job of a command that creates a run takes a {@link io.meanfield.pipeline.JobContext}
 * and returns an {@link io.meanfield.pipeline.Outcome}. {@code DoctorJob}, {@code ShowJob}, {@code
 * ReplayJob} and {@code WeightsJob} create no run and return what their commands print. {@code
 * FitJob} returns the model to the program that calls it.
 *
 * <p>Imports pipeline.housekeeping, pipeline.page, pipeline.retrain, rbm, reinforce and every
 * package below it. Start reading at {@link io.meanfield.pipeline.TrainJob}.
 */
package io.meanfield.pipeline;
