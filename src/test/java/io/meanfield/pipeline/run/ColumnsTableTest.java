package io.meanfield.pipeline.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.data.column.ColumnUse;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ColumnsTableTest {
  private static List<ColumnUse> columns(int categories) {
    return Stream.concat(
            IntStream.range(0, categories).mapToObj(i -> ColumnUse.named("c" + i, "named")),
            Stream.of(ColumnUse.leftOut("note", "free text")))
        .toList();
  }

  @Test
  void linesNameAllColumnsOfFiftyAndTheFirstEightOfEachUseOfMore() {
    assertThat(ColumnsTable.lines(columns(49)))
        .hasSize(2)
        .first()
        .asString()
        .startsWith("columns  categories: c0, ")
        .endsWith(", c48");
    assertThat(ColumnsTable.lines(columns(50)))
        .containsExactly(
            "columns  categories: c0, c1, c2, c3, c4, c5, c6, c7 and 42 more",
            "columns  left out: note (free text)");
  }

  @Test
  void explanationOfAWideTableNamesTheFirstColumns() {
    assertThat(ColumnUse.explained(columns(50)))
        .startsWith("c0 (named), c1 (named), ")
        .endsWith(", c7 (named), note (free text) and 42 more");
  }
}
