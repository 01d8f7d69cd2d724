package io.meanfield.report;

import java.util.ArrayList;
import java.util.List;

/** Images in a grid on a terminal: in each row as many as fit. */
public final class TerminalGrid {
  private static final int GAP = 2;

  private TerminalGrid() {}

  /**
   * Returns the lines to print.
   *
   * @param columns the width of the terminal in characters
   */
  public static List<String> lines(
      List<CaptionedImage> images, TerminalColors colors, int columns) {
    int width = images.stream().mapToInt(TerminalGrid::width).max().orElse(0);
    int perRow = Math.max(1, (columns + GAP) / (width + GAP));
    List<String> lines = new ArrayList<>();
    for (int first = 0; first < images.size(); first += perRow) {
      if (first > 0) {
        lines.add("");
      }
      int end = Math.min(images.size(), first + perRow);
      lines.addAll(row(images.subList(first, end), colors, width));
    }
    return lines;
  }

  private static int width(CaptionedImage captioned) {
    int caption = captioned.caption().stream().mapToInt(String::length).max().orElse(0);
    return Math.max(captioned.image().width(), caption);
  }

  private static List<String> row(List<CaptionedImage> row, TerminalColors colors, int width) {
    List<String> lines = new ArrayList<>(pixels(row, colors, width));
    lines.addAll(captions(row, width));
    return lines;
  }

  private static List<String> pixels(List<CaptionedImage> row, TerminalColors colors, int width) {
    List<String> lines = new ArrayList<>();
    int height = row.stream().mapToInt(captioned -> captioned.image().height()).max().orElse(0);
    for (int y = 0; y < height; y += 2) {
      StringBuilder line = new StringBuilder();
      for (CaptionedImage captioned : row) {
        add(line, draw(captioned.image(), y, colors), captioned.image().width(), width);
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private static List<String> captions(List<CaptionedImage> row, int width) {
    List<String> lines = new ArrayList<>();
    int count = row.stream().mapToInt(captioned -> captioned.caption().size()).max().orElse(0);
    for (int i = 0; i < count; i++) {
      StringBuilder line = new StringBuilder();
      for (CaptionedImage captioned : row) {
        String text = i < captioned.caption().size() ? captioned.caption().get(i) : "";
        add(line, text, text.length(), width);
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private static void add(StringBuilder line, String text, int textWidth, int width) {
    line.append(text).append(" ".repeat(width - textWidth + GAP));
  }

  private static String draw(RgbImage image, int row, TerminalColors colors) {
    TerminalColors.AnsiLine line = new TerminalColors.AnsiLine();
    for (int column = 0; column < image.width(); column++) {
      colors.draw(image.pixel(row, column), image.pixel(row + 1, column), line);
    }
    return line.text();
  }
}
