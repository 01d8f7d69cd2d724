package io.meanfield.pipeline.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.pipeline.start.ColumnUse.Role;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LabelRulesTest {
  private static void assertUse(ColumnStatistics column, Role role, String reason) {
    assertThat(LabelRules.of(column)).isEqualTo(new ColumnUse(column, role, reason));
  }

  @Test
  void textsAndFewNumbersAreClasses() {
    assertUse(
        Columns.of("y", 100, 3, "a"), Role.LABEL, "3 different texts, so a class is predicted");
    assertUse(
        Columns.of("y", 100, 2, "true"), Role.LABEL, "2 different texts, so a class is predicted");
    assertUse(
        Columns.of("y", 100, 30, "7"), Role.LABEL, "30 different numbers, so a class is predicted");
    assertUse(
        Columns.of("y", 100, 20, "0.5"),
        Role.LABEL,
        "20 different numbers, so a class is predicted");
  }

  @Test
  void manyNumbersAreARegression() {
    assertUse(
        Columns.of("y", 100, 31, "7"),
        Role.TARGET,
        "31 different numbers, so a number is predicted");
    assertUse(
        Columns.of("y", 100, 21, "0.5"),
        Role.TARGET,
        "21 different numbers, so a number is predicted");
    assertUse(
        Columns.of("y", 10, 9, "0.5"),
        Role.TARGET,
        "9 different numbers, so a number is predicted");
  }

  private static void assertRefused(ColumnStatistics column, String found) {
    assertThatThrownBy(() -> LabelRules.of(column))
        .hasMessage(
            "--label must be a column of classes or numbers, but y has "
                + found
                + "; choose another column");
  }

  @Test
  void otherLabelsAreRefused() {
    assertRefused(Columns.of("y", 100, 1, "a"), "no two different values");
    assertRefused(Columns.of("y", 100, 80, "2026-01-31"), "dates");
    assertRefused(Columns.of("y", 100, 51, "a"), "51 different texts in 100 rows");
    assertRefused(Columns.of("y", 9_000, 1_001, "a"), "1001 different texts in 9000 rows");
    assertRefused(ColumnStatistics.compound("y", "array<int>", 9), "array<int>");
  }

  @Test
  void numbersAmongTextsAreCounted() {
    assertThatThrownBy(
            () -> LabelRules.of(Columns.withPresent(Columns.of("y", 100, 90, "a"), 99, 93)))
        .hasMessage(
            "--label must be a column of classes or numbers, but y has numbers in only 93 of 99"
                + " rows; correct or empty the others");
    assertThatThrownBy(() -> LabelRules.of(Columns.of("y", 100, 90, "1,5")))
        .hasMessage(
            "--label must be a column of classes or numbers, but y has numbers with a decimal"
                + " comma; write them with a point");
  }

  @Test
  void missingLabelListsTheColumns() {
    assertThatThrownBy(() -> LabelRules.require(Optional.empty(), List.of("plan", "churned")))
        .hasMessage("--label must be the column to predict, one of plan, churned");
  }

  @Test
  void misspeltLabelNamesTheNearestColumn() {
    assertThatThrownBy(() -> LabelRules.require(Optional.of("churn"), List.of("plan", "churned")))
        .hasMessage("--label must be one of plan, churned, found churn; did you mean churned?");
    assertThat(LabelRules.require(Optional.of("plan"), List.of("plan"))).isEqualTo("plan");
  }
}
