/**
 * The jobs that a person or a scheduler starts. Each job reads top to bottom as phases and returns
 * an {@link io.meanfield.pipeline.Outcome}.
 *
 * <p>Imports train, evaluate, report and every package below them. Start reading at {@link
 * io.meanfield.pipeline.TrainJob}.
 */
package io.meanfield.pipeline;
