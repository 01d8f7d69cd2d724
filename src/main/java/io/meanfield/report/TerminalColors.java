package io.meanfield.report;

import java.util.Map;

/** What a terminal can draw with. A character is as high as two pixels of its width. */
public enum TerminalColors {
  /** Five characters from empty to full, each the mean of two pixels. */
  GRAYSCALE {
    @Override
    void draw(int upper, int lower, AnsiLine pen) {
      int brightness = (RgbImage.brightness(upper) + RgbImage.brightness(lower)) / 2;
      pen.put(SHADES_OF_GREY.charAt(brightness * SHADES_OF_GREY.length() / 256));
    }
  },
  /** The 256 colours of xterm: a half block in the colour of the upper pixel on the lower one's. */
  XTERM256 {
    @Override
    void draw(int upper, int lower, AnsiLine pen) {
      pen.colour("38;5;" + palette(upper) + ";48;5;" + palette(lower));
      pen.put(HALF_BLOCK);
    }
  },
  /** Likewise in 24-bit colours. */
  TRUECOLOR {
    @Override
    void draw(int upper, int lower, AnsiLine pen) {
      pen.colour("38;2;" + colour(upper) + ";48;2;" + colour(lower));
      pen.put(HALF_BLOCK);
    }
  };

  private static final String SHADES_OF_GREY = " ░▒▓█";
  private static final char HALF_BLOCK = '▀';

  /** What two pixels, one over the other, look like. */
  abstract void draw(int upper, int lower, AnsiLine pen);

  /**
   * What to draw with.
   *
   * @param environment of the process: NO_COLOR (no-color.org), COLORTERM and TERM decide
   * @param terminal whether a person is looking
   */
  public static TerminalColors of(Map<String, String> environment, boolean terminal) {
    String kind = environment.getOrDefault("TERM", "");
    boolean refused = !environment.getOrDefault("NO_COLOR", "").isEmpty();
    if (!terminal || refused || kind.isEmpty() || kind.equals("dumb")) {
      return GRAYSCALE;
    }
    String colours = environment.getOrDefault("COLORTERM", "");
    if (colours.equals("truecolor") || colours.equals("24bit")) {
      return TRUECOLOR;
    }
    return kind.contains("256color") ? XTERM256 : GRAYSCALE;
  }

  private static String colour(int pixel) {
    return RgbImage.red(pixel) + ";" + RgbImage.green(pixel) + ";" + RgbImage.blue(pixel);
  }

  // 24 greys from 232 on; a cube of 6 x 6 x 6 colours from 16 on, whose first is black and whose
  // last is white.
  private static int palette(int pixel) {
    int red = RgbImage.red(pixel);
    boolean grey = red == RgbImage.green(pixel) && red == RgbImage.blue(pixel);
    if (grey && red > 3 && red < 247) {
      return 232 + Math.min(23, (red - 3) / 10);
    }
    return 16 + 36 * sixth(red) + 6 * sixth(RgbImage.green(pixel)) + sixth(RgbImage.blue(pixel));
  }

  private static int sixth(int level) {
    return (level * 5 + 127) / 255;
  }

  /** Writes one line; says a colour only where it changes. */
  static final class AnsiLine {
    private static final String ESCAPE = "\u001b[";

    private final StringBuilder line = new StringBuilder();
    private String current = "";

    void colour(String codes) {
      if (!codes.equals(current)) {
        line.append(ESCAPE).append(codes).append('m');
        current = codes;
      }
    }

    void put(char character) {
      line.append(character);
    }

    /** What was written, behind which colours are as before. */
    String text() {
      return current.isEmpty() ? line.toString() : line + ESCAPE + "0m";
    }
  }
}
