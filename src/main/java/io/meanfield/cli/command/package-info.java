/**
 * What commands share: options, the SparkSession, signals and the terminal.
 *
 * <p>Imports batch, data.source, error, evaluate.metric, json, pipeline.housekeeping, pipeline.run,
 * pipeline.score, pipeline.settings, pipeline.train, report, settings, sparkui, store, store.file,
 * store.table and train.history. Start reading at {@link io.meanfield.cli.command.JobCommand}.
 */
package io.meanfield.cli.command;
