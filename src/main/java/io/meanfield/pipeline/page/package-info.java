/**
 * The page of a run and of a comparison of runs: reads manifests, statuses and tables, without
 * Spark, and hands sections of charts and tables to {@code report.page}.
 *
 * <p>Imports error, evaluate.baseline, evaluate.inspection, evaluate.metric, network,
 * pipeline.housekeeping, reinforce, report, report.page, settings, store, store.file, store.table,
 * train.checkpoint and train.history. Start reading at {@link io.meanfield.pipeline.page.RunPage}.
 */
package io.meanfield.pipeline.page;
