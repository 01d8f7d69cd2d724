/**
 * Images of examples, drawn in characters, and tables as text. Works on plain records and does not
 * depend on data sets, networks or Spark.
 *
 * <p>Imports error. Start reading at {@link io.meanfield.report.GrayText}, then {@link
 * io.meanfield.report.MarkdownTable}.
 */
package io.meanfield.report;
