/**
 * The page of a run, of a comparison of runs, and of a registered model: reads manifests, statuses
 * and tables, without Spark, and hands sections of charts and tables to {@code report.page}.
 *
 * <p>Imports pipeline.housekeeping, reinforce, registry, train, train.checkpoint, promotion,
 * report, report.page, store, settings and error. Start reading at {@link
 * io.meanfield.pipeline.page.RunPage}.
 */
package io.meanfield.pipeline.page;
