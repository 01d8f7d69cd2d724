package io.meanfield.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GrayTextTest {
  // Three rows of four pixels: black to white, white to black, all in the middle.
  private static final List<String> GRAYS =
      GrayText.lines(
          3, 4, 1, new float[] {0, 0.3f, 0.7f, 1, 1, 0.3f, 0.7f, 0, 0.6f, 0.6f, 0.6f, 0.6f});

  @Test
  void shadeIsTheMeanBrightnessOfTwoPixels() {
    assertThat(GRAYS).containsExactly("▒░▓▒", "░░░░");
    assertThat(GrayText.lines(2, 1, 3, new float[] {1, 0, 0, 0, 1, 0})).containsExactly("▒");
  }

  @Test
  void blackAtTheEndOfALineIsLeftOut() {
    assertThat(GrayText.lines(2, 3, 1, new float[] {1, 0, 0, 1, 0, 0})).containsExactly("█");
  }
}
