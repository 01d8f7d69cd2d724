package io.meanfield.pipeline;

import io.meanfield.report.CaptionedImage;
import java.util.List;

/** Examples to look at. */
public sealed interface ExampleView {
  /** Examples that are images, with id, label and prediction below. */
  record Images(List<CaptionedImage> drawings) implements ExampleView {}

  /** Examples of other features, line by line. */
  record TableRows(List<String> lines) implements ExampleView {}
}
