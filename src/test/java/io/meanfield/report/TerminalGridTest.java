package io.meanfield.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalGridTest {
  // Three rows of four pixels: black to white, white to black, all in the middle.
  private static final RgbImage GRAYS =
      RgbImage.of(
          3, 4, 1, new float[] {0, 0.3f, 0.7f, 1, 1, 0.3f, 0.7f, 0, 0.6f, 0.6f, 0.6f, 0.6f});
  private static final RgbImage RED_OVER_BLUE =
      RgbImage.of(2, 1, 3, new float[] {1, 0, 0, 0, 0, 1});

  private static List<String> lines(TerminalColors colors, int columns, CaptionedImage... images) {
    return TerminalGrid.lines(List.of(images), colors, columns);
  }

  @Test
  void shadeIsTheMeanBrightnessOfTwoPixels() {
    assertThat(
            lines(TerminalColors.GRAYSCALE, 80, new CaptionedImage(GRAYS, List.of("7: label 1"))))
        .containsExactly("▒░▓▒", "░░░░", "7: label 1");
  }

  @Test
  void xterm256UsesTheNearestGrayOrColor() {
    assertThat(lines(TerminalColors.XTERM256, 80, new CaptionedImage(GRAYS, List.of())))
        .containsExactly(
            "\u001b[38;5;16;48;5;231m▀\u001b[38;5;239;48;5;239m▀\u001b[38;5;249;48;5;249m▀"
                + "\u001b[38;5;231;48;5;16m▀\u001b[0m",
            "\u001b[38;5;247;48;5;16m▀▀▀▀\u001b[0m");
    assertThat(lines(TerminalColors.XTERM256, 80, new CaptionedImage(RED_OVER_BLUE, List.of())))
        .containsExactly("\u001b[38;5;196;48;5;21m▀\u001b[0m");
  }

  @Test
  void truecolorUsesTheColorsOfThePixels() {
    assertThat(
            lines(TerminalColors.TRUECOLOR, 80, new CaptionedImage(RED_OVER_BLUE, List.of("red"))))
        .containsExactly("\u001b[38;2;255;0;0;48;2;0;0;255m▀\u001b[0m", "red");
  }

  @Test
  void eachRowHasAsManyImagesAsFit() {
    RgbImage dot = RgbImage.of(2, 2, 1, new float[] {1, 1, 1, 1});
    CaptionedImage image = new CaptionedImage(dot, List.of("one", "two"));
    assertThat(lines(TerminalColors.GRAYSCALE, 8, image, image, image))
        .containsExactly("██   ██", "one  one", "two  two", "", "██", "one", "two");
    assertThat(lines(TerminalColors.GRAYSCALE, 1, image, image))
        .containsExactly("██", "one", "two", "", "██", "one", "two");
  }

  @Test
  void colorsFollowTheEnvironmentOfTheTerminal() {
    Map<String, String> xterm = Map.of("TERM", "xterm-256color");
    assertThat(TerminalColors.of(xterm, true)).isEqualTo(TerminalColors.XTERM256);
    assertThat(TerminalColors.of(xterm, false)).isEqualTo(TerminalColors.GRAYSCALE);
    assertThat(TerminalColors.of(Map.of("TERM", "xterm", "COLORTERM", "truecolor"), true))
        .isEqualTo(TerminalColors.TRUECOLOR);
    assertThat(
            TerminalColors.of(
                Map.of("TERM", "xterm", "COLORTERM", "truecolor", "NO_COLOR", "1"), true))
        .isEqualTo(TerminalColors.GRAYSCALE);
    assertThat(TerminalColors.of(Map.of("TERM", "dumb", "COLORTERM", "truecolor"), true))
        .isEqualTo(TerminalColors.GRAYSCALE);
    assertThat(TerminalColors.of(Map.of("TERM", "vt100"), true))
        .isEqualTo(TerminalColors.GRAYSCALE);
  }
}
