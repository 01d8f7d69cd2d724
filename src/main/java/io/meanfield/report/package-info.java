/**
 * What people look at: examples drawn on a terminal or in a picture. Fed with records; knows no
 * data set, no network and no Spark.
 *
 * <p>Imports settings. Start reading at {@link io.meanfield.report.Drawing}, then {@link
 * io.meanfield.report.TextSheet} and {@link io.meanfield.report.PictureSheet}.
 */
package io.meanfield.report;
