package io.meanfield.report.page;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Pictures of digits, 28 x 28 pixels like those of MNIST: white strokes on black. */
final class DrawnDigit {
  // The points of each digit's stroke: x, then y, from a at the left or top.
  private static final String[] STROKES = {
    "ca ea fb fg eh ch bg bb ca",
    "cb da dh",
    "bb ca ea fb fc bh fh",
    "bb ca ea fb fc ed dd ed fe fg eh ch bg",
    "eh ea bf gf",
    "fa ba bd ed fe fg eh ch bg",
    "ea ca bc bg ch eh fg fe ed cd be",
    "ba fa ch",
    "ca ea fb fc ed cd be bg ch eh fg fe ed cd bc bb ca",
    "fd ed cd bc bb ca ea fb fg eh ch"
  };

  private DrawnDigit() {}

  static byte[] png(int digit) {
    BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.setStroke(new BasicStroke(2.6f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    String stroke = STROKES[digit];
    for (int i = 0; i + 4 < stroke.length(); i += 3) {
      graphics.drawLine(at(stroke, i), at(stroke, i + 1), at(stroke, i + 3), at(stroke, i + 4));
    }
    graphics.dispose();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException impossible) { // in memory
      throw new UncheckedIOException(impossible);
    }
    return out.toByteArray();
  }

  private static int at(String stroke, int index) {
    return 4 + 3 * (stroke.charAt(index) - 'a');
  }
}
