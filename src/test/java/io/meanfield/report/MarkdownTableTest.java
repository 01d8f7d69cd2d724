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
    assertThat(TABLE.lines(60)).isEqualTo(TABLE.lines());
  }

  @Test
  void widestColumnsAreWrappedToTheWidthOfTheTerminal() {
    assertThat(TABLE.lines(46))
        .containsExactly(
            "| setting        | first          | second   |",
            "| -------------- | -------------- | -------- |",
            "| train.epochs   | 2              | 12       |",
            "| network.layers | dense 64,      | dense 10 |",
            "|                | dense 32,      |          |",
            "|                | dense 10       |          |");
  }

  @Test
  void longWordIsDivided() {
    MarkdownTable table =
        new MarkdownTable(List.of("a", "b"), List.of(List.of("x", "0123456789abcdef")));
    assertThat(table.lines(16))
        .containsExactly(
            "| a | b        |", "| - | -------- |", "| x | 01234567 |", "|   | 89abcdef |");
  }

  @Test
  void cellDrawsNoOtherCellRowOrColour() {
    MarkdownTable table =
        new MarkdownTable(
            List.of("a\u202e"), List.of(List.of("x\ny"), List.of("\u001b[31m"), List.of("1 | 2")));
    assertThat(table.lines())
        .containsExactly(
            "| a\\u202e    |",
            "| ---------- |",
            "| x\\u000ay   |",
            "| \\u001b[31m |",
            "| 1 \\| 2     |");
  }

  @Test
  void columnsOfNumbersAreNeverNarrowerThanEightLetters() {
    MarkdownTable table =
        new MarkdownTable(List.of("a"), List.of(List.of("0.123456"), List.of("1 2 3 4 5 6")));
    assertThat(table.lines(5)).hasSize(5).allMatch(line -> line.length() == 12);
  }
}
