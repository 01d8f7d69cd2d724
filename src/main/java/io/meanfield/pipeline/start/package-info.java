/**
 * Proposes the settings of a table of which nothing is known but the label: {@code TableInput}
 * finds out how to read it, {@code Draft} says what its columns are for, as a training would, and
 * {@code DraftSettings} writes the settings file.
 *
 * <p>Imports data.column, data.encoding, data.frame, data.source, error, pipeline.retrain, report,
 * settings and store.file. Start reading at {@link io.meanfield.pipeline.start.InitJob}.
 */
package io.meanfield.pipeline.start;
