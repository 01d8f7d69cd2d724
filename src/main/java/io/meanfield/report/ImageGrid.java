package io.meanfield.report;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import javax.imageio.ImageIO;

/** Images in a grid as one PNG image, each above its caption. Needs no screen. */
public final class ImageGrid {
  private static final int LONGEST_SIDE = 112; // pixels are enlarged by a whole factor
  private static final int MARGIN = 8;
  private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

  private final List<CaptionedImage> images;
  private final FontMetrics fontMetrics;
  private final int scale;
  private final int cellWidth;
  private final int imageHeight;
  private final int cellHeight;

  private ImageGrid(List<CaptionedImage> images) {
    this.images = images;
    this.fontMetrics = fontMetrics();
    int side =
        images.stream()
            .map(CaptionedImage::image)
            .mapToInt(image -> Math.max(image.height(), image.width()))
            .max()
            .orElse(1);
    this.scale = Math.max(1, LONGEST_SIDE / side);
    this.cellWidth = images.stream().mapToInt(this::width).max().orElse(0) + 2 * MARGIN;
    this.imageHeight =
        scale * images.stream().mapToInt(captioned -> captioned.image().height()).max().orElse(0);
    int lines = images.stream().mapToInt(captioned -> captioned.caption().size()).max().orElse(0);
    this.cellHeight = imageHeight + lines * fontMetrics.getHeight() + 2 * MARGIN;
  }

  /** Writes the PNG image. */
  public static void write(List<CaptionedImage> images, OutputStream out) throws IOException {
    if (!ImageIO.write(new ImageGrid(images).draw(), "png", out)) {
      throw new IOException("this Java installation cannot write PNG images");
    }
  }

  private static FontMetrics fontMetrics() {
    Graphics2D graphics = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    try {
      return graphics.getFontMetrics(FONT);
    } catch (RuntimeException | Error noFonts) { // Java throws several types
      throw new UserException(
          ErrorCode.UNEXPECTED,
          "Java finds no font for the captions ("
              + noFonts
              + "); install fontconfig and a font, such as the packages fontconfig and fonts-dejavu-core",
          noFonts);
    } finally {
      graphics.dispose();
    }
  }

  private int width(CaptionedImage captioned) {
    int caption = captioned.caption().stream().mapToInt(fontMetrics::stringWidth).max().orElse(0);
    return Math.max(scale * captioned.image().width(), caption);
  }

  private BufferedImage draw() {
    int columns = (int) Math.ceil(Math.sqrt(images.size()));
    int rows = (images.size() + columns - 1) / columns;
    BufferedImage grid =
        new BufferedImage(columns * cellWidth, rows * cellHeight, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = grid.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setFont(FONT);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, grid.getWidth(), grid.getHeight());
    for (int i = 0; i < images.size(); i++) {
      int x = i % columns * cellWidth + MARGIN;
      int y = i / columns * cellHeight + MARGIN;
      draw(images.get(i), graphics, x, y);
    }
    graphics.dispose();
    return grid;
  }

  private void draw(CaptionedImage captioned, Graphics2D graphics, int x, int y) {
    RgbImage image = captioned.image();
    BufferedImage buffer =
        new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
    buffer.setRGB(0, 0, image.width(), image.height(), image.pixels(), 0, image.width());
    graphics.drawImage(buffer, x, y, scale * image.width(), scale * image.height(), null);
    graphics.setColor(Color.BLACK);
    int baseline = y + imageHeight + fontMetrics.getAscent();
    for (String text : captioned.caption()) {
      graphics.drawString(text, x, baseline);
      baseline += fontMetrics.getHeight();
    }
  }
}
