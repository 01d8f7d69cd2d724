package io.meanfield.reinforce;

import io.meanfield.report.RgbImage;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/** Draws a state of {@link CartPole}: the track, the cart and the pole, to scale. */
final class CartPolePicture {
  private static final int WIDTH = 480;
  private static final int HEIGHT = 160;
  private static final double PIXELS_PER_METER = WIDTH / (2 * (CartPole.POSITION_LIMIT + 0.2));
  private static final double TRACK = HEIGHT - 30.0;
  private static final double CART_WIDTH = 50;
  private static final double CART_HEIGHT = 20;
  private static final double POLE_LENGTH = 1; // m
  private static final Color POLE = new Color(0xD55E00);
  private static final Color CART = new Color(0x0072B2);

  private CartPolePicture() {}

  static RgbImage of(double[] state) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, WIDTH, HEIGHT);
    draw(graphics, WIDTH / 2.0 + PIXELS_PER_METER * state[0], state[2]);
    graphics.dispose();
    return new RgbImage(HEIGHT, WIDTH, image.getRGB(0, 0, WIDTH, HEIGHT, null, 0, WIDTH));
  }

  private static void draw(Graphics2D graphics, double x, double angle) {
    graphics.setColor(Color.GRAY);
    graphics.draw(new Line2D.Double(0, TRACK, WIDTH, TRACK));
    graphics.setColor(CART);
    double top = TRACK - CART_HEIGHT;
    graphics.fill(new Rectangle2D.Double(x - CART_WIDTH / 2, top, CART_WIDTH, CART_HEIGHT));
    graphics.setColor(POLE);
    graphics.setStroke(new BasicStroke(6, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    double length = POLE_LENGTH * PIXELS_PER_METER;
    graphics.draw(
        new Line2D.Double(x, top, x + length * Math.sin(angle), top - length * Math.cos(angle)));
  }
}
