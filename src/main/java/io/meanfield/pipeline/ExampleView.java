package io.meanfield.pipeline;

import io.meanfield.report.CaptionedImage;
import io.meanfield.report.TerminalColors;
import io.meanfield.report.TerminalGrid;
import java.util.List;
import java.util.Optional;

/** Examples in a form that people can read. */
public sealed interface ExampleView {
  /**
   * Returns the lines to print.
   *
   * @param columns the width of the terminal in characters
   */
  List<String> lines(TerminalColors colors, int columns);

  /** Returns the images; empty if the examples are not images. */
  Optional<Images> asImages();

  /** Examples that are images, with id, label and prediction below. */
  record Images(List<CaptionedImage> images) implements ExampleView {
    @Override
    public List<String> lines(TerminalColors colors, int columns) {
      return TerminalGrid.lines(images, colors, columns);
    }

    @Override
    public Optional<Images> asImages() {
      return Optional.of(this);
    }
  }

  /** Examples that are rows of a table, as text. */
  record TableRows(List<String> lines) implements ExampleView {
    @Override
    public List<String> lines(TerminalColors colors, int columns) {
      return lines;
    }

    @Override
    public Optional<Images> asImages() {
      return Optional.empty();
    }
  }
}
