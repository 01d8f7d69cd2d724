/**
 * The job {@code play}: trains a deep Q-network in an environment, and records the model, its
 * epochs and its episodes.
 *
 * <p>Imports pipeline.train, pipeline.run, reinforce and every package below them. Start reading at
 * {@link io.meanfield.pipeline.play.PlayJob}.
 */
package io.meanfield.pipeline.play;
