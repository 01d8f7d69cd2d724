package io.meanfield.report;

import java.util.ArrayList;
import java.util.List;

/** Drawings side by side on a terminal, as many as fit. */
public final class TerminalGrid {
  private static final int GAP = 2;

  private TerminalGrid() {}

  /**
   * The lines.
   *
   * @param columns how wide the terminal is
   */
  public static List<String> lines(List<CaptionedImage> drawings, TerminalColors ink, int columns) {
    int width = drawings.stream().mapToInt(TerminalGrid::width).max().orElse(0);
    int abreast = Math.max(1, (columns + GAP) / (width + GAP));
    List<String> lines = new ArrayList<>();
    for (int first = 0; first < drawings.size(); first += abreast) {
      if (first > 0) {
        lines.add("");
      }
      int end = Math.min(drawings.size(), first + abreast);
      lines.addAll(row(drawings.subList(first, end), ink, width));
    }
    return lines;
  }

  private static int width(CaptionedImage drawing) {
    int caption = drawing.caption().stream().mapToInt(String::length).max().orElse(0);
    return Math.max(drawing.picture().width(), caption);
  }

  private static List<String> row(List<CaptionedImage> drawings, TerminalColors ink, int width) {
    List<String> lines = new ArrayList<>();
    int height = drawings.stream().mapToInt(drawing -> drawing.picture().height()).max().orElse(0);
    for (int row = 0; row < height; row += 2) {
      StringBuilder line = new StringBuilder();
      for (CaptionedImage drawing : drawings) {
        add(line, draw(drawing.picture(), row, ink), drawing.picture().width(), width);
      }
      lines.add(line.toString().stripTrailing());
    }
    int captions = drawings.stream().mapToInt(drawing -> drawing.caption().size()).max().orElse(0);
    for (int i = 0; i < captions; i++) {
      StringBuilder line = new StringBuilder();
      for (CaptionedImage drawing : drawings) {
        String text = i < drawing.caption().size() ? drawing.caption().get(i) : "";
        add(line, text, text.length(), width);
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private static void add(StringBuilder line, String text, int wide, int width) {
    line.append(text).append(" ".repeat(width - wide + GAP));
  }

  private static String draw(RgbImage picture, int row, TerminalColors ink) {
    TerminalColors.AnsiLine pen = new TerminalColors.AnsiLine();
    for (int column = 0; column < picture.width(); column++) {
      ink.draw(picture.pixel(row, column), picture.pixel(row + 1, column), pen);
    }
    return pen.text();
  }
}
