package io.meanfield.report;

import java.util.Map;

/**
 * The colors of a terminal. A character is twice as high as wide, so that it shows two pixels, one
 * above the other.
 */
public enum TerminalColors {
  /** Five characters from empty to full, for the mean brightness of the two pixels. */
  GRAYSCALE {
    @Override
    void draw(int upper, int lower, AnsiLine line) {
      int brightness = (RgbImage.brightness(upper) + RgbImage.brightness(lower)) / 2;
      line.put(SHADES.charAt(brightness * SHADES.length() / 256));
    }
  },
  /**
   * The 256 colors of xterm: a half block in the color of the upper pixel, on a background in the
   * color of the lower pixel.
   */
  XTERM256 {
    @Override
    void draw(int upper, int lower, AnsiLine line) {
      line.color("38;5;" + xterm256(upper) + ";48;5;" + xterm256(lower));
      line.put(HALF_BLOCK);
    }
  },
  /** The same half block in 24-bit colors. */
  TRUECOLOR {
    @Override
    void draw(int upper, int lower, AnsiLine line) {
      line.color("38;2;" + rgb(upper) + ";48;2;" + rgb(lower));
      line.put(HALF_BLOCK);
    }
  };

  private static final String SHADES = " ░▒▓█";
  private static final char HALF_BLOCK = '▀';

  /** Appends the character for two pixels, one above the other. */
  abstract void draw(int upper, int lower, AnsiLine line);

  /**
   * Chooses the colors of a terminal.
   *
   * @param environment of the process, for its variables NO_COLOR (no-color.org), COLORTERM and
   *     TERM
   * @param terminal whether the output goes to a terminal
   */
  public static TerminalColors of(Map<String, String> environment, boolean terminal) {
    String type = environment.getOrDefault("TERM", "");
    boolean noColor = !environment.getOrDefault("NO_COLOR", "").isEmpty();
    if (!terminal || noColor || type.isEmpty() || type.equals("dumb")) {
      return GRAYSCALE;
    }
    String depth = environment.getOrDefault("COLORTERM", "");
    if (depth.equals("truecolor") || depth.equals("24bit")) {
      return TRUECOLOR;
    }
    return type.contains("256color") ? XTERM256 : GRAYSCALE;
  }

  private static String rgb(int pixel) {
    return RgbImage.red(pixel) + ";" + RgbImage.green(pixel) + ";" + RgbImage.blue(pixel);
  }

  // Numbers 16 to 231 are a cube of 6 x 6 x 6 colors from black to white, numbers 232 to 255 are 24
  // grays. Numbers 0 to 15 are not used: users choose the colors that their terminal shows for
  // them.
  private static int xterm256(int pixel) {
    int red = RgbImage.red(pixel);
    boolean gray = red == RgbImage.green(pixel) && red == RgbImage.blue(pixel);
    if (gray && red > 3 && red < 247) {
      return 232 + Math.min(23, (red - 3) / 10);
    }
    return 16 + 36 * sixth(red) + 6 * sixth(RgbImage.green(pixel)) + sixth(RgbImage.blue(pixel));
  }

  private static int sixth(int level) {
    return (level * 5 + 127) / 255;
  }

  /** Builds one line, with an escape sequence at every change of the color. */
  static final class AnsiLine {
    private static final String ESCAPE = "\u001b[";

    private final StringBuilder line = new StringBuilder();
    private String current = "";

    void color(String codes) {
      if (!codes.equals(current)) {
        line.append(ESCAPE).append(codes).append('m');
        current = codes;
      }
    }

    void put(char character) {
      line.append(character);
    }

    /** Returns the line, and the escape sequence that resets the colors. */
    String text() {
      return current.isEmpty() ? line.toString() : line + ESCAPE + "0m";
    }
  }
}
