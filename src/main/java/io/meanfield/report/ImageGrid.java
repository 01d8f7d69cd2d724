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

/** Drawings in a grid as a PNG image, each with its caption below; needs no screen. */
public final class ImageGrid {
  private static final int PICTURE_SIDE = 112; // at least, by whole pixels of the picture
  private static final int MARGIN = 8;
  private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

  private final List<CaptionedImage> drawings;
  private final FontMetrics letters;
  private final int scale;
  private final int cellWidth;
  private final int pictureHeight;
  private final int cellHeight;

  private ImageGrid(List<CaptionedImage> drawings) {
    this.drawings = drawings;
    this.letters = letters();
    int side =
        drawings.stream()
            .map(CaptionedImage::picture)
            .mapToInt(picture -> Math.max(picture.height(), picture.width()))
            .max()
            .orElse(1);
    this.scale = Math.max(1, PICTURE_SIDE / side);
    this.cellWidth = drawings.stream().mapToInt(this::width).max().orElse(0) + 2 * MARGIN;
    this.pictureHeight =
        scale * drawings.stream().mapToInt(drawing -> drawing.picture().height()).max().orElse(0);
    int lines = drawings.stream().mapToInt(drawing -> drawing.caption().size()).max().orElse(0);
    this.cellHeight = pictureHeight + lines * letters.getHeight() + 2 * MARGIN;
  }

  /** Writes the image. */
  public static void write(List<CaptionedImage> drawings, OutputStream out) throws IOException {
    if (!ImageIO.write(new ImageGrid(drawings).draw(), "png", out)) {
      throw new IOException("this Java writes no PNG");
    }
  }

  private static FontMetrics letters() {
    Graphics2D graphics = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    try {
      return graphics.getFontMetrics(FONT);
    } catch (RuntimeException | Error noFonts) { // Java says so with whatever comes to its mind
      throw new UserException(
          ErrorCode.UNEXPECTED,
          "Java finds no fonts to write captions with ("
              + noFonts
              + "); expected fontconfig and a font, such as the packages fontconfig and fonts-dejavu-core",
          noFonts);
    } finally {
      graphics.dispose();
    }
  }

  private int width(CaptionedImage drawing) {
    int caption = drawing.caption().stream().mapToInt(letters::stringWidth).max().orElse(0);
    return Math.max(scale * drawing.picture().width(), caption);
  }

  private BufferedImage draw() {
    int across = (int) Math.ceil(Math.sqrt(drawings.size()));
    int down = (drawings.size() + across - 1) / across;
    BufferedImage sheet =
        new BufferedImage(across * cellWidth, down * cellHeight, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = sheet.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setFont(FONT);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
    for (int i = 0; i < drawings.size(); i++) {
      int x = i % across * cellWidth + MARGIN;
      int y = i / across * cellHeight + MARGIN;
      draw(drawings.get(i), graphics, x, y);
    }
    graphics.dispose();
    return sheet;
  }

  private void draw(CaptionedImage drawing, Graphics2D graphics, int x, int y) {
    RgbImage picture = drawing.picture();
    BufferedImage image =
        new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, picture.width(), picture.height(), picture.pixels(), 0, picture.width());
    graphics.drawImage(image, x, y, scale * picture.width(), scale * picture.height(), null);
    graphics.setColor(Color.BLACK);
    int line = y + pictureHeight + letters.getAscent();
    for (String text : drawing.caption()) {
      graphics.drawString(text, x, line);
      line += letters.getHeight();
    }
  }
}
