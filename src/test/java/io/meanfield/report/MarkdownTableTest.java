package io.meanfield.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MarkdownTableTest {
  private static final MarkdownTable TABLE =
      new MarkdownTable(
          List.of("setting", "first", "second"),
          List.of(
              List.of("train.epochs", "2", "12"),
              List.of("network.layers", "dense 64, dense 32, dense 10", "dense 10")));

  @Test
  void columnsAreAligned() {
    assertThat(TABLE.lines())
        .containsExactly(
            "| setting        | first                        | second   |",
            "| -------------- | ---------------------------- | -------- |",
            "| train.epochs   | 2                            | 12       |",
            "| network.layers | dense 64, dense 32, dense 10 | dense 10 |");
  }
}
