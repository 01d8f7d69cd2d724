/**
 * The jobs that train on examples: {@code train}, and {@code fit} of a Spark program. Each prepares
 * its examples and its model, trains, and records what came out.
 *
 * <p>Imports pipeline.run, pipeline.page, pipeline.housekeeping, pretrain and every package below
 * them. Start reading at {@link io.meanfield.pipeline.train.TrainJob}.
 */
package io.meanfield.pipeline.train;
