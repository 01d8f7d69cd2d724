/**
 * The page of a run: reads its manifest, status and tables, without Spark, and hands sections of
 * charts, tables and images to {@code report}. The page of a registered model.
 *
 * <p>Imports pipeline.housekeeping, registry, train, store, settings, report and error. Start
 * reading at {@link io.meanfield.pipeline.page.RunPage}.
 */
package io.meanfield.pipeline.page;
