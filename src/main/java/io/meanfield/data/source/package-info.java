/**
 * Where examples come from: the settings of a source, its files, and what reading one needs.
 *
 * <p>Imports data, data.column, data.encoding, error, settings and store.file. Start reading at
 * {@link io.meanfield.data.source.Source}.
 */
package io.meanfield.data.source;
