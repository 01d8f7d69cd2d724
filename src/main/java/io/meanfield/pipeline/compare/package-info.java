/**
 * Compares finished runs, without Spark: settings, metrics with paired tests, learning curves, time
 * and cost.
 *
 * <p>Imports pipeline.housekeeping, reinforce, train, train.checkpoint, promotion, report.page,
 * store and error. Start reading at {@link io.meanfield.pipeline.compare.RunComparison}.
 */
package io.meanfield.pipeline.compare;
