package io.meanfield.data.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.LocalSpark;
import io.meanfield.data.IdAssigner;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvIdsIT {
  private static IdAssigner assigner(CsvIds... files) {
    return CsvIds.assigner(List.of(files), LocalSpark.context(), "id", "x.csv");
  }

  private static CsvIds ids(String... ids) {
    CsvIds.Collector collector = new CsvIds.Collector();
    List.of(ids).forEach(collector::add);
    return collector.ids();
  }

  @Test
  void integersOfAnySpellingAreNumbers() {
    IdAssigner assigner = assigner(ids("30", "007"), ids("+5", "-2"));
    assertThat(assigner.hasExternalIds()).isFalse();
    assertThat(assigner.of("007", 1)).isEqualTo(7);
    assertThat(assigner.positions().idOf(1)).isEqualTo(5); // -2, 5, 7, 30
  }

  @Test
  void oneOtherTextMakesTheIdsOfAllFilesStrings() {
    IdAssigner assigner = assigner(ids("9", "10"), ids("007", "x"));
    assertThat(assigner.hasExternalIds()).isTrue();
    assertThat(List.of("007", "10", "9", "x"))
        .extracting(id -> assigner.of(id, 0))
        .containsExactly(0L, 1L, 2L, 3L);
  }

  @Test
  void equalNumbersOfTwoSpellingsAreDuplicatesUnlessIdsAreStrings() {
    assertThat(assigner(ids("7"), ids("07", "x")).of("7", 0)).isEqualTo(1);
    assertThatThrownBy(() -> assigner(ids("7"), ids("07")))
        .hasMessage("x.csv has the id 7 twice in column id; ids must be unique");
  }
}
