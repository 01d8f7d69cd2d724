/**
 * The commands of the registry of models.
 *
 * <p>Imports cli.command, cli.runs, error, pipeline.challenger, pipeline.page, pipeline.run,
 * registry, report, report.page and store. Start reading at {@link
 * io.meanfield.cli.models.ModelsCommand}.
 */
package io.meanfield.cli.models;
