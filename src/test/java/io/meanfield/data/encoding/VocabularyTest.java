package io.meanfield.data.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class VocabularyTest {
  @Test
  void displayHasTheFirstFiveValues() {
    assertThat(new Vocabulary("plan", List.of("f", "e", "d", "c", "b", "a")).display())
        .isEqualTo("a, b, c, d, e, …");
  }

  /** A message that ends with the file of the value would be cut before it. */
  @Test
  void displayShortensLongValues() {
    assertThat(new Vocabulary("plan", List.of("x".repeat(100_000), "y")).display())
        .startsWith("xxx")
        .endsWith(", y")
        .hasSizeLessThan(200);
  }
}
