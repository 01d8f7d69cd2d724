/**
 * Draws images of examples on a terminal or as PNG. Receives plain records; knows no data set, no
 * network and no Spark.
 *
 * <p>Imports error. Start reading at {@link io.meanfield.report.CaptionedImage}, then {@link
 * io.meanfield.report.TerminalGrid} and {@link io.meanfield.report.ImageGrid}.
 */
package io.meanfield.report;
