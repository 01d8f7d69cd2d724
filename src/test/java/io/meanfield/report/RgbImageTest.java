package io.meanfield.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RgbImageTest {
  // Three rows of four pixels: black to white, white to black, all in the middle.
  private static final RgbImage GRAYS =
      RgbImage.of(
          3, 4, 1, new float[] {0, 0.3f, 0.7f, 1, 1, 0.3f, 0.7f, 0, 0.6f, 0.6f, 0.6f, 0.6f});

  @Test
  void shadeIsTheMeanBrightnessOfTwoPixels() {
    assertThat(GRAYS.lines()).containsExactly("▒░▓▒", "░░░░");
    assertThat(RgbImage.of(2, 1, 3, new float[] {1, 0, 0, 0, 1, 0}).lines()).containsExactly("▒");
  }

  @Test
  void blackAtTheEndOfALineIsLeftOut() {
    assertThat(RgbImage.of(2, 3, 1, new float[] {1, 0, 0, 1, 0, 0}).lines()).containsExactly("█");
  }
}
