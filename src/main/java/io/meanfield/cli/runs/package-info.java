/**
 * The commands that list, compare, open, follow and delete runs.
 *
 * <p>Imports cli.command, error, pipeline.housekeeping, pipeline.page, pipeline.settings,
 * pipeline.train, registry, report, report.page, settings, store, store.file, train.checkpoint and
 * train.history. Start reading at {@link io.meanfield.cli.runs.RunsCommand}.
 */
package io.meanfield.cli.runs;
