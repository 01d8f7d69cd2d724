package io.meanfield.pipeline.start;

import static io.meanfield.pipeline.start.Columns.withExtent;
import static io.meanfield.pipeline.start.Columns.withPresent;
import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.pipeline.start.ColumnUse.Role;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ColumnRulesTest {
  private static void assertUse(ColumnStatistics column, Role role, String reason) {
    ColumnUse use = ColumnRules.of(column);
    assertThat(use.role()).as(use.reason()).isEqualTo(role);
    assertThat(use.reason()).isEqualTo(reason);
  }

  @Test
  void numbersTruthValuesAndDatesAreFeatures() {
    assertUse(Columns.of("x", 100, 90, "0.5"), Role.NUMBER, "numbers");
    assertUse(Columns.of("x", 100, 12, "7"), Role.NUMBER, "whole numbers");
    assertUse(Columns.of("x", 100, 2, "true", "false"), Role.NUMBER, "true or false");
    assertUse(Columns.of("x", 100, 90, "2026-01-31"), Role.TIME, "dates in ISO 8601");
    assertUse(Columns.of("x", 100, 90, "31.1.2026"), Role.TIME, "dates of the form d.M.yyyy");
  }

  @Test
  void oneFormOfDatesIsChosenForAllColumns() {
    List<ColumnUse> columns =
        Stream.of(
                Columns.of("due", 9, 9, "1/2/2026"),
                Columns.of("paid", 9, 9, "31/1/2026"),
                Columns.of("sent", 9, 9, "31.1.2026"),
                Columns.of("born", 9, 9, "2026-01-31"))
            .map(ColumnRules::of)
            .toList();
    assertThat(DateForm.of(columns.subList(0, 2)).orElseThrow().pattern()).isEqualTo("d/M/yyyy");
    assertThat(DateForm.of(columns.subList(0, 1)).orElseThrow().isAmbiguous()).isTrue();
    assertThat(DateForm.of(columns.subList(3, 4))).isEmpty();
    assertThat(DateForm.unify(columns))
        .extracting(ColumnUse::reason)
        .containsExactly(
            "dates of the form M/d/yyyy",
            "dates of the form d/M/yyyy, but dates.format has one form for all columns",
            "dates of the form d.M.yyyy, but dates.format has one form for all columns",
            "dates in ISO 8601");
  }

  @Test
  void textsWithRepetitionsAreCategories() {
    assertUse(Columns.of("x", 100, 3, "a"), Role.CATEGORY, "3 different texts");
    assertUse(Columns.of("x", 10, 5, "a"), Role.CATEGORY, "5 different texts");
    assertUse(Columns.of("x", 90, 30, "a"), Role.CATEGORY, "30 different texts");
    assertUse(
        Columns.of("x", 89, 30, "a"), Role.EXCLUDED, "30 different texts, too many for 89 rows");
    assertUse(Columns.of("x", 1_000_000, 100_000, "a"), Role.CATEGORY, "100000 different texts");
    assertUse(
        Columns.of("x", 1_000_000, 110_000, "a"),
        Role.EXCLUDED,
        "110000 different texts, too many for 1000000 rows");
  }

  @Test
  void idsAreLeftOut() {
    assertUse(
        Columns.of("x", 100, 99, "a"),
        Role.EXCLUDED,
        "an id or a name: nearly every text is different");
    assertUse(
        Columns.of("x", 100, 99, "7"),
        Role.EXCLUDED,
        "the whole numbers from 1 on, which number the rows");
    ColumnStatistics random = withExtent(Columns.of("customerId", 100, 100, "7"), 7, 99_999, 1);
    assertUse(random, Role.EXCLUDED, "an id: nearly every number is different");
    assertUse(
        withExtent(Columns.of("paid", 100, 100, "7"), 7, 99_999, 1), Role.NUMBER, "whole numbers");
    assertUse(
        withExtent(Columns.of("year", 100, 100, "7"), 1901, 2000, 1), Role.NUMBER, "whole numbers");
  }

  @Test
  void namesOfIdsEndWithAnId() {
    for (String name : new String[] {"id", "ID", "user_id", "PassengerId", "row.nr", "key"}) {
      assertThat(ColumnRules.of(withExtent(Columns.of(name, 100, 100, "7"), 7, 999, 1)).role())
          .as(name)
          .isEqualTo(Role.EXCLUDED);
    }
    for (String name : new String[] {"humid", "piano", "Casino", "monkey", "grid"}) {
      assertThat(ColumnRules.of(withExtent(Columns.of(name, 100, 100, "7"), 7, 999, 1)).role())
          .as(name)
          .isEqualTo(Role.NUMBER);
    }
  }

  @Test
  void columnsWithoutInformationAreLeftOut() {
    assertUse(Columns.of("x", 100, 1, "7"), Role.EXCLUDED, "the same value in every row");
    assertUse(withPresent(Columns.of("x", 100, 0, "7"), 0, 0), Role.EXCLUDED, "no value");
    assertUse(
        withPresent(Columns.of("x", 100, 1, "yes"), 40, 0), Role.CATEGORY, "1 different texts");
    assertUse(
        withExtent(Columns.of("x", 5_000, 400, "a"), 0, 0, 6.6),
        Role.EXCLUDED,
        "free text, 7 words on average");
  }

  @Test
  void textsThatAreNearlyNumbersAreLeftOutWithTheRemedy() {
    assertUse(
        Columns.of("x", 100, 90, "1,5"),
        Role.EXCLUDED,
        "numbers with a decimal comma; set data.csv.locale to use them");
    assertUse(
        withPresent(Columns.of("x", 100, 90, "-"), 100, 97),
        Role.EXCLUDED,
        "numbers in 97 of 100 rows; leave the other values empty to use them");
  }

  @Test
  void arraysOfNumbersAreFeaturesAndOtherCompoundsAreNot() {
    assertUse(ColumnStatistics.compound("x", "array<float>", 9), Role.NUMBER, "array<float>");
    assertUse(
        ColumnStatistics.compound("x", "map<string,int>", 9),
        Role.EXCLUDED,
        "of type map<string,int>, which is no feature");
  }

  @Test
  void fewWholeNumbersMayBeCodes() {
    assertThat(ColumnRules.mayBeCode(ColumnRules.of(Columns.of("month", 100, 12, "7")))).isTrue();
    assertThat(ColumnRules.mayBeCode(ColumnRules.of(Columns.of("flag", 100, 2, "1")))).isFalse();
    assertThat(ColumnRules.mayBeCode(ColumnRules.of(Columns.of("share", 100, 12, "0.5"))))
        .isFalse();
  }
}
