package io.meanfield.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
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
  void emptyColumnsAndSpareOnesGiveWayToTheWidth() {
    MarkdownTable table =
        new MarkdownTable(
            List.of("run", "started", "age", "versions"),
            List.of(List.of("churn-1", "2026-01-05T00:00:00Z", "2 d", "")));
    assertThat(table.lines(60, "started").get(0))
        .isEqualTo("| run     | started              | age | versions |");
    assertThat(table.lines(45, "started").get(0))
        .isEqualTo("| run     | started              | age |");
    assertThat(table.lines(30, "started"))
        .containsExactly("| run     | age |", "| ------- | --- |", "| churn-1 | 2 d |");
  }

  @Test
  void tableOfTooManyColumnsHasALineForEachCell() {
    MarkdownTable table =
        new MarkdownTable(
            List.of("metric", "churn-1", "churn-2"),
            List.of(
                List.of("accuracy", "0.123456", ""), List.of("loss of all", "0.1234567890", "2")));
    assertThat(table.lines(26))
        .containsExactly(
            "------------------",
            "metric  | accuracy",
            "churn-1 | 0.123456",
            "------------------",
            "metric  | loss of all",
            "churn-1 | 0.1234567890",
            "churn-2 | 2");
  }

  @Test
  void longValueContinuesBelowItself() {
    assertThat(TerminalWidth.lines("setting  ", "network.layers = dense 64, dense 32", 32))
        .containsExactly("setting  network.layers = dense", "         64, dense 32");
    assertThat(TerminalWidth.lines("setting  ", "x".repeat(90), Integer.MAX_VALUE)).hasSize(1);
  }

  @Property
  void noLineIsLongerThanTheTerminal(
      @ForAll @Size(min = 1, max = 12)
          List<@AlphaChars @StringLength(min = 1, max = 12) String> titles,
      @ForAll @Size(max = 4) List<@StringLength(max = 60) String> values,
      @ForAll @IntRange(min = 40, max = 120) int width) {
    List<List<String>> rows =
        values.stream().map(value -> Collections.nCopies(titles.size(), value)).toList();
    assertThat(new MarkdownTable(titles, rows).lines(width))
        .allMatch(line -> line.length() <= width || rows.isEmpty());
  }
}
