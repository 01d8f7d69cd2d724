package io.meanfield.data.column;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.data.column.ColumnUse.Role;
import io.meanfield.data.column.TableColumn.Kind;
import io.meanfield.data.column.TargetRule.Target;
import io.meanfield.data.column.TextSettings.DecimalSign;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ColumnRulesTest {
  private static final int ROWS = 60;

  /** Returns a column of texts that repeats these. */
  private static TableColumn column(String name, String... texts) {
    return column(name, ROWS, i -> texts[i % texts.length]);
  }

  private static TableColumn column(String name, int rows, IntFunction<String> text) {
    ColumnFacts facts = new ColumnFacts(List.of());
    IntStream.range(0, rows).mapToObj(text).forEach(facts::add);
    return new TableColumn(name, Kind.TEXT, "string", facts, false);
  }

  private static TableColumn named(TableColumn column) {
    return new TableColumn(column.name(), column.kind(), column.type(), column.facts(), true);
  }

  private static List<String> uses(TableColumn... columns) {
    return ColumnRules.uses(Arrays.asList(columns), TextSettings.NONE).stream()
        .map(
            use ->
                switch (use.role()) {
                  case NUMBER -> "number " + (use.form().hasDecimalComma() ? "," : "");
                  case TIME -> "date " + use.form().pattern();
                  case CATEGORY, TEXT, LEFT_OUT -> use.role().toString();
                })
        .toList();
  }

  @Test
  void otherColumnsTellWhatACommaMeans() {
    TableColumn income = column("income", "45,000", "52,500", "61,250");
    assertThat(uses(income)).containsExactly("left out");
    assertThat(uses(income, column("size", "1.5", "2"))).containsExactly("number ", "number ");
    assertThat(uses(income, column("size", "1,5", "2"))).containsExactly("number ,", "number ,");
    assertThat(uses(income, column("size", "1,5", "2"), column("rate", "0.7", "1")))
        .containsExactly("left out", "number ,", "number ");
  }

  @Test
  void pointsDivideThousandsAsInAnotherColumn() {
    TableColumn mileage = column("mileage", "24.076 km", "72.407 km", "unknown");
    TableColumn price = column("price", "24.120,45 €", "300,00 €");
    assertThat(use(TextSettings.NONE, mileage, price)).isEqualTo("number 1.234");
    assertThat(uses(mileage, price, column("rate", "0.7", "1")))
        .containsExactly("left out", "number ,", "number ");
    assertThat(uses(mileage, column("price", "24120,45", "300,00")))
        .containsExactly("left out", "number ,");
  }

  @Test
  void pointsAreDecimalUnlessAnotherColumnHasDecimalCommas() {
    TableColumn size = column("size", "4.237", "1.125", "7.500");
    assertThat(uses(size)).containsExactly("number ");
    assertThat(uses(size, column("price", "1,50", "2,75"))).containsExactly("left out", "number ,");
    assertThat(uses(column("size", "0.125", "4.237"), column("price", "1,50", "2,75")))
        .containsExactly("number ", "number ,");
  }

  @Test
  void otherColumnsTellWhichNumberIsTheDay() {
    TableColumn opened = column("opened", "1/2/2024", "3/4/2024", "5/6/2024");
    assertThat(uses(opened)).containsExactly("left out");
    assertThat(uses(opened, column("closed", "31/1/2024", "28/2/2024")))
        .containsExactly("date d/M/yyyy", "date d/M/yyyy");
    assertThat(
            uses(
                opened,
                column("closed", "31/1/2024", "28/2/2024"),
                column("paid", "1/31/2024", "2/28/2024")))
        .containsExactly("left out", "date d/M/yyyy", "date M/d/yyyy");
  }

  @Test
  void textsWithBarsOrSemicolonsAreSetsUnlessTheyRepeat() {
    assertThat(
            uses(
                column("tags", 150, i -> i % 2 == 0 ? "red|" + i + "|new" : "big; blue; " + i),
                column("name", 150, i -> i % 3 == 0 ? "red|" + i : "name" + i)))
        .containsExactly("text", "left out");
    assertThat(uses(column("few", "a|b", "a|b", "a", "a", "b|a", "b|a")))
        .containsExactly("category");
  }

  @Test
  void formsAndPatternsHaveABitEach() {
    List<String> most = Collections.nCopies(TextSettings.MOST_PATTERNS, "yyyyMMdd");
    assertThat(TextForms.Form.COUNT + new TextForms(most).patterns())
        .isLessThanOrEqualTo(Long.SIZE);
  }

  /** Returns what the first column is. */
  private static String use(TextSettings settings, TableColumn... columns) {
    ColumnUse use = ColumnRules.uses(Arrays.asList(columns), settings).get(0);
    return use.role() + " " + use.form().pattern();
  }

  @Test
  void signOfTheSettingsDecidesWhereTheValuesDoNot() {
    TextSettings comma = new TextSettings(DecimalSign.COMMA, List.of(), OptionalInt.empty());
    assertThat(use(comma, column("x", "0.125", "4.5"))).isEqualTo("number ");
    assertThat(use(comma, column("x", "1.500", "2.750"))).isEqualTo("number 1.234,5");
    assertThat(use(comma, column("x", "1,500", "7"))).isEqualTo("number 1.234,5");
  }

  @Test
  void twoPatternsOfTheSettingsThatReadAllDatesAreNoAnswer() {
    List<String> both = List.of("M/d/yyyy", "d/M/yyyy");
    TextSettings given = new TextSettings(DecimalSign.AUTO, both, OptionalInt.empty());
    ColumnFacts facts = new ColumnFacts(both);
    IntStream.range(0, ROWS).forEach(i -> facts.add(1 + i % 12 + "/" + (1 + i % 11) + "/2024"));
    assertThat(use(given, new TableColumn("x", Kind.TEXT, "string", facts, false)))
        .isEqualTo("left out ");
    facts.add("28/2/2024");
    facts.add("3/30/2024");
    facts.add("4/30/2024");
    assertThat(use(given, new TableColumn("x", Kind.TEXT, "string", facts, false)))
        .isEqualTo("date M/d/yyyy");
  }

  @Test
  void patternMayHaveTextsInApostrophes() {
    TextForm form = TextForm.ofDates("d 'day' MMM yyyy", DatePatterns.ANY_PIVOT);
    assertThat(form.parse(ValueType.DATE, "1 day Jan 1970")).hasValue(0);
  }

  @Test
  void bytesAreAnImageIfAllOtherFeaturesAreLeftOut() {
    TableColumn image =
        new TableColumn("image", Kind.BYTES, "binary", new ColumnFacts(List.of()), false);
    TableColumn label = named(column("y", "a", "b"));
    TableColumn id = column("id", 100, i -> Integer.toString(i));
    assertThat(uses(image, label, id)).containsExactly("number ", "category", "left out");
    assertThat(uses(image, label, column("plan", "x", "y")))
        .containsExactly("left out", "category", "category");
    assertThat(uses(image, image(), label)).startsWith("left out", "left out");
  }

  private static TableColumn image() {
    return new TableColumn("other", Kind.BYTES, "binary", new ColumnFacts(List.of()), false);
  }

  private static String reason(Kind kind, String type, ColumnFacts facts) {
    TableColumn column = new TableColumn("x", kind, type, facts, false);
    ColumnUse use = ColumnRules.uses(List.of(column), TextSettings.NONE).get(0);
    return use.role() + ", " + use.wrong() + " wrong: " + use.reason();
  }

  @Test
  void arraysWithGapsAreWrongValuesAndManyAreNoFeature() {
    ColumnFacts facts = new ColumnFacts(List.of());
    IntStream.range(0, 90).forEach(i -> facts.addArray(3));
    facts.addArray(2);
    facts.addOther(true);
    assertThat(reason(Kind.NUMBERS, "array<int>", facts)).isEqualTo("number, 2 wrong: array<int>");
    IntStream.range(0, 10).forEach(i -> facts.addOther(false));
    assertThat(reason(Kind.NUMBERS, "array<int>", facts))
        .isEqualTo("left out, 0 wrong: array<int> without gaps in only 90 of 102 rows");
    IntStream.range(0, 20).forEach(i -> facts.addArray(4));
    assertThat(reason(Kind.BYTES, "binary", facts))
        .isEqualTo("left out, 0 wrong: of type binary of different lengths, which is no feature");
    ColumnFacts empty = new ColumnFacts(List.of());
    empty.addArray(0);
    assertThat(reason(Kind.NUMBERS, "array<int>", empty)).isEqualTo("left out, 0 wrong: no value");
  }

  @Test
  void numbersThatAFloatDoesNotHoldAreWrongValues() {
    ColumnFacts facts = new ColumnFacts(List.of());
    IntStream.range(0, 90).forEach(i -> facts.add((double) i));
    facts.add(1e300);
    facts.add(Double.NEGATIVE_INFINITY);
    facts.add(Double.NaN);
    assertThat(reason(Kind.NUMBER, "double", facts)).isEqualTo("number, 2 wrong: numbers");
    IntStream.range(0, 10).forEach(i -> facts.add(1e39));
    assertThat(reason(Kind.NUMBER, "double", facts))
        .isEqualTo("left out, 0 wrong: numbers that 32 bits hold in only 90 of 102 rows");
  }

  @Test
  void nineInTenValuesDecideUnlessSettingsNameTheColumn() {
    TableColumn most = column("x", 100, i -> i < 10 ? "x" + i : Integer.toString(i * i));
    assertThat(uses(most)).containsExactly("number ");
    TableColumn fewer = column("x", 100, i -> i < 11 ? "x" + i : Integer.toString(i * i));
    assertThat(uses(fewer)).containsExactly("left out");
    assertThat(uses(named(fewer))).containsExactly("number ");
  }

  @Test
  void wrongValuesAreCounted() {
    TableColumn column =
        column("x", 100, i -> i < 4 ? "oops" : i < 20 ? "unknown" : Integer.toString(i * i));
    ColumnUse use = ColumnRules.uses(List.of(column), TextSettings.NONE).get(0);
    assertThat(use.wrong()).isEqualTo(4);
    assertThat(column.facts().missingNumbers()).isEqualTo(16);
  }

  @Test
  void namesOfIdsEndWithAnId() {
    for (String name : List.of("id", "ID", "user_id", "PassengerId", "row.nr", "key")) {
      assertThat(uses(column(name, 100, i -> Integer.toString(7 * i * i))))
          .as(name)
          .containsExactly("left out");
    }
    for (String name : List.of("humid", "piano", "Casino", "monkey", "grid")) {
      assertThat(uses(column(name, 100, i -> Integer.toString(7 * i * i))))
          .as(name)
          .containsExactly("number ");
    }
  }

  @Test
  void denseWholeNumbersAreIdsInLargeTablesOnly() {
    assertThat(uses(column("year", 100, i -> Integer.toString(1901 + i))))
        .containsExactly("number ");
    assertThat(uses(column("ticket", 400, i -> Integer.toString(1901 + i))))
        .containsExactly("left out");
  }

  @Test
  void textsAreCategoriesIfTheyRepeat() {
    assertThat(uses(column("x", 90, i -> "a" + i % 30))).containsExactly("category");
    assertThat(uses(column("x", 89, i -> "a" + i % 30))).containsExactly("left out");
    assertThat(uses(column("x", 10, i -> "a" + i % 5))).containsExactly("category");
  }

  private static TargetRule target(TableColumn column) {
    TableColumn label = named(column);
    return TargetRule.of(label, ColumnRules.uses(List.of(label), TextSettings.NONE).get(0));
  }

  @Test
  void labelIsClassesOrNumbers() {
    assertThat(target(column("y", "a", "b", "c")))
        .isEqualTo(new TargetRule(Target.CLASSES, "3 different texts, so a class is predicted"));
    assertThat(target(column("y", "NA", "EU")).reason())
        .isEqualTo("2 different texts, so a class is predicted");
    assertThat(target(column("y", 100, i -> Integer.toString(i % 30))).target())
        .isEqualTo(Target.CLASSES);
    assertThat(target(column("y", 100, i -> Integer.toString(i % 31))).target())
        .isEqualTo(Target.NUMBERS);
    assertThat(target(column("y", 100, i -> i % 21 + 0.5 + "")).target()).isEqualTo(Target.NUMBERS);
    assertThat(target(column("y", 100, i -> i == 3 ? "?!" : i % 25 + "")))
        .isEqualTo(new TargetRule(Target.CLASSES, "26 different values, so a class is predicted"));
    assertThat(target(column("y", 100, i -> i == 3 ? "?!" : i % 5 + 0.5 + "")).target())
        .isEqualTo(Target.NUMBERS);
    assertThat(target(column("y", 100, i -> i == 3 ? "?!" : i + "")).target())
        .isEqualTo(Target.NUMBERS);
  }

  @Test
  void otherLabelsSayWhatTheyHave() {
    List<String> reasons = new ArrayList<>();
    reasons.add(target(column("y", "a")).reason());
    reasons.add(target(column("y", "2026-01-31", "2026-02-28")).reason());
    reasons.add(target(column("y", 100, i -> "a" + i)).reason());
    reasons.add(target(column("y", "1.5", "0,7")).reason());
    assertThat(reasons)
        .containsExactly(
            "no two different values; choose another column",
            "dates; choose another column",
            "100 different texts in 100 rows; choose another column",
            "numbers in only 30 of 60 rows; correct or empty the others");
  }

  @Test
  void roleOfACategoryIsNoNumber() {
    ColumnUse use = ColumnUse.named("plan", "named");
    assertThat(use.role()).isEqualTo(Role.CATEGORY);
    assertThat(use.isNumeric()).isFalse();
  }
}
