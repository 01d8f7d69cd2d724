/**
 * Reads tables from CSV files with a header (RFC 4180), raw or gzipped.
 *
 * <p>Imports data.table and data. Start reading at {@link io.meanfield.data.csv.CsvSource}.
 */
package io.meanfield.data.csv;
