/**
 * The page of a run: reads its manifest, status and tables, without Spark, and hands sections of
 * charts, tables and images to {@code report}.
 *
 * <p>Imports pipeline.housekeeping, train, store, settings, report and error. Start reading at
 * {@link io.meanfield.pipeline.page.RunPage}.
 */
package io.meanfield.pipeline.page;
