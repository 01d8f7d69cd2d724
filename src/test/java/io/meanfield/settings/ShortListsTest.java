package io.meanfield.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import org.junit.jupiter.api.Test;

class ShortListsTest {
  private static final String NUMBERS =
      "[" + String.join(",", Collections.nCopies(256, "0.5")) + "]";

  @Test
  void longListsOfNumbersAreTheirCount() {
    assertThat(ShortLists.of(NUMBERS)).isEqualTo("[256 numbers]");
    assertThat(
            ShortLists.of(
                "[{\"piecewise-linear\":[" + NUMBERS + ",[]," + NUMBERS + "]},{\"dense\":8}]"))
        .isEqualTo("[{\"piecewise-linear\":[512 numbers]},{\"dense\":8}]");
  }

  @Test
  void otherValuesStay() {
    for (String json :
        new String[] {
          "\"a\"",
          "1.5",
          "true",
          "[1,2,3]",
          "[[],[1]]",
          "{\"a\":[\"" + "x\",\"".repeat(30) + "y\"]}"
        }) {
      assertThat(ShortLists.of(json)).isEqualTo(json);
    }
  }
}
