/**
 * The jobs that a person or a scheduler starts, from reading the data to the status that says how
 * it went. Each job reads top to bottom as phases and returns an {@link
 * io.meanfield.pipeline.Outcome}.
 *
 * <p>Imports every room but cli. Start reading at {@link io.meanfield.pipeline.TrainJob}.
 */
package io.meanfield.pipeline;
