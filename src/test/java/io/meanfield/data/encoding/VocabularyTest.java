package io.meanfield.data.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VocabularyTest {
  @Test
  void displayHasTheFirstFiveValues() {
    assertThat(new Vocabulary("plan", List.of("f", "e", "d", "c", "b", "a")).display())
        .isEqualTo("a, b, c, d, e, …");
  }

  @Test
  void wholeNumberIsTheSameWithAndWithoutAFraction() {
    Vocabulary numbers = new Vocabulary("shop", List.of("1", "2.0", "3", "3.0", "a"));
    assertThat(
            Stream.of("1", "1.0", "2", "2.0", "3", "3.0")
                .map(value -> numbers.code(value).getAsInt()))
        .containsExactly(0, 0, 1, 1, 2, 3);
    assertThat(Stream.of("01", "1.00", "1.5", "a.0", "", "-1", ".0").filter(numbers::has))
        .isEmpty();
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
