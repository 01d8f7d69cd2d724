/**
 * Draws images of examples on a terminal or as PNG, and tables as text. Works on plain records and
 * does not depend on data sets, networks or Spark.
 *
 * <p>Imports error. Start reading at {@link io.meanfield.report.CaptionedImage}, then {@link
 * io.meanfield.report.TerminalGrid} and {@link io.meanfield.report.ImageGrid}.
 */
package io.meanfield.report;
