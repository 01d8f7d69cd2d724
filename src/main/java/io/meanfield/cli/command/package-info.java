/**
 * What commands share: options, the SparkSession, signals, the terminal and the lines of progress.
 *
 * <p>Imports batch, data.source, engine, error, json, pipeline.housekeeping, pipeline.run,
 * pipeline.score, report, settings, sparkui, store, store.file, store.table and train.history.
 * Start reading at {@link io.meanfield.cli.command.JobCommand}.
 */
package io.meanfield.cli.command;
