/**
 * Turns the columns of a table of any file format into inputs, classes and targets.
 *
 * <p>Imports data, data.column, data.encoding, data.source, error and settings. Start reading at
 * {@link io.meanfield.data.table.TableSchema}.
 */
package io.meanfield.data.table;
