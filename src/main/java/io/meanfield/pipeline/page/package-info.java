/**
 * The page of a run, of any command: reads its manifest, status and tables, without Spark, and
 * hands sections of charts, tables and images to {@code report}. The page of a registered model.
 *
 * <p>Imports pipeline.housekeeping, reinforce, registry, train, train.checkpoint,
 * evaluate.inspection, report, report.page, store, settings and error. Start reading at {@link
 * io.meanfield.pipeline.page.RunPage}.
 */
package io.meanfield.pipeline.page;
