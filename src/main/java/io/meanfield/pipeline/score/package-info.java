/**
 * The jobs that use a finished model or look at data: evaluate, predict, export, show, weights and
 * prepare.
 *
 * <p>Imports pipeline.train, pipeline.run and every package below them. Start reading at {@link
 * io.meanfield.pipeline.score.EvaluateJob}.
 */
package io.meanfield.pipeline.score;
