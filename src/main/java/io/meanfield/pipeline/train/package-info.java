/**
 * The jobs that train: {@code train}, {@code fit} of a Spark program, and {@code play}. Each
 * prepares its examples and its model, trains, and records what came out.
 *
 * <p>Imports pipeline.run, pipeline.page, pipeline.housekeeping, pretrain, reinforce and every
 * package below them. Start reading at {@link io.meanfield.pipeline.train.TrainJob}.
 */
package io.meanfield.pipeline.train;
