/**
 * The page of a run, of a comparison of runs, and of a registered model: reads manifests, statuses
 * and tables, without Spark, and hands sections of charts and tables to {@code report.page}.
 *
 * <p>Imports error, pipeline.housekeeping, promotion, registry, reinforce, report, report.page,
 * settings, store, store.file, store.table, train.checkpoint and train.history. Start reading at
 * {@link io.meanfield.pipeline.page.RunPage}.
 */
package io.meanfield.pipeline.page;
