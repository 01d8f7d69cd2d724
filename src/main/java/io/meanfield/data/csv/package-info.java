/**
 * Reads tables from CSV files with a header (RFC 4180), raw or gzipped.
 *
 * <p>Imports data, data.column, data.table, store, settings and error. Start reading at {@link
 * io.meanfield.data.csv.CsvSource}.
 */
package io.meanfield.data.csv;
