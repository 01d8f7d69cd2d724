package io.meanfield.data.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CsvIdsTest {
  private static CsvIds collected(String... ids) {
    CsvIds.Collector collector = new CsvIds.Collector();
    List.of(ids).forEach(collector::add);
    return collector.ids();
  }

  @Test
  void integersAreCollectedAsNumbers() {
    CsvIds ids = collected("3", "-1", "9223372036854775807");
    assertThat(ids.numbers()).containsExactly(3, -1, Long.MAX_VALUE);
    assertThat(ids.texts()).isEmpty();
  }

  @Test
  void idsAreTextsFromTheFirstThatIsNoInteger() {
    CsvIds ids = collected("3", "x", "4");
    assertThat(ids.numbers()).containsExactly(3);
    assertThat(ids.texts()).containsExactly("x", "4");
  }

  @Test
  void integersOfAnotherSpellingKeepTheirText() {
    for (String id : List.of("007", "+5", "-0", "9223372036854775808", "١")) {
      assertThat(collected(id).texts()).containsExactly(id);
    }
  }
}
