package io.meanfield.pipeline;

import io.meanfield.report.Drawing;
import java.util.List;

/** Examples to look at. */
public sealed interface Exhibition {
  /** Examples that are images, with id, label and prediction below. */
  record Images(List<Drawing> drawings) implements Exhibition {}

  /** Examples of other features, line by line. */
  record Rows(List<String> lines) implements Exhibition {}
}
