package io.meanfield.data.column;

import io.meanfield.data.column.TableColumn.Kind;
import io.meanfield.data.column.TextForms.Form;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The rule for columns of texts that are dates, timestamps or times of day. */
record DateRules(List<TableColumn> columns, TextSettings settings) {
  /** Returns the use of a column of times; empty if it has none. */
  Optional<ColumnUse> of(TableColumn column) {
    ColumnFacts facts = column.facts();
    boolean isNamed = column.isNamed();
    if (facts.isMostly(facts.count(Form.TIMESTAMP), isNamed)) {
      ValueType type =
          facts.isMostly(facts.count(Form.DATE), isNamed) ? ValueType.DATE : ValueType.TIMESTAMP;
      return Optional.of(
          ColumnUse.of(
              column,
              type,
              TextForm.PLAIN,
              type == ValueType.DATE ? facts.count(Form.DATE) : facts.count(Form.TIMESTAMP),
              "dates in ISO 8601"));
    }
    List<String> given = facts.bestOf(settings.dates(), isNamed);
    List<String> patterns = given.isEmpty() ? facts.bestOf(DatePatterns.KNOWN, isNamed) : given;
    if (!patterns.isEmpty()) {
      return Optional.of(date(column, patterns));
    }
    return facts.isMostly(facts.count(Form.TIME_OF_DAY), isNamed)
        ? Optional.of(
            ColumnUse.of(
                column,
                ValueType.NUMBER,
                TextForm.TIME_OF_DAY,
                facts.count(Form.TIME_OF_DAY),
                "times of day"))
        : Optional.empty();
  }

  private ColumnUse date(TableColumn column, List<String> patterns) {
    List<String> possible = told(patterns);
    String first = possible.get(0);
    boolean isGiven = settings.dates().contains(first);
    if (possible.size() > 1) {
      return ColumnUse.leftOut(column, "dates of the form " + String.join(" or ", possible))
          .unless("name one of them in data.columns.dates.format");
    }
    if (first.equals(DatePatterns.MONTH) && !isGiven && areSeasons(column.facts())) {
      return ColumnUse.leftOut(column, "months of the form yyyy-MM, or seasons from year to year")
          .unless("name the form in data.columns.dates.format if they are months");
    }
    if (DatePatterns.hasShortYear(first) && settings.pivot().isEmpty()) {
      return shortYear(column, first);
    }
    boolean hasTime = 10 * column.facts().count(Form.COLON) > column.facts().patternCount(first);
    String pattern = first + (hasTime && !isGiven ? DatePatterns.TIME_AFTER_DATE : "");
    return ColumnUse.of(
        column,
        hasTime ? ValueType.TIMESTAMP : ValueType.DATE,
        TextForm.ofDates(pattern, settings.pivot().orElse(DatePatterns.ANY_PIVOT)),
        column.facts().patternCount(first),
        "dates of the form " + first);
  }

  /** Returns whether each month is that of the next year, as in 2010-11. */
  private static boolean areSeasons(ColumnFacts facts) {
    return facts.count(Form.SEASON) == facts.patternCount(DatePatterns.MONTH);
  }

  /** Judges a column of dates of an unknown century, or of versions such as 1.2.30. */
  private static ColumnUse shortYear(TableColumn column, String pattern) {
    String dates =
        String.format(Locale.ROOT, "dates of the form %s, whose century is unknown", pattern);
    return CategoryRules.repeat(column.facts())
        ? ColumnUse.category(
                column, dates + ", or codes: " + column.facts().differentValues("texts"))
            .unless("data.columns.dates.pivot makes them dates")
        : ColumnUse.leftOut(column, dates)
            .unless("set data.columns.dates.pivot = 1950 if they are from 1950 to 2049");
  }

  /** Returns the one of several patterns that the other columns tell; all if they tell none. */
  private List<String> told(List<String> patterns) {
    if (patterns.size() == 1) {
      return patterns;
    }
    List<String> told =
        columns.stream()
            .filter(each -> each.kind() == Kind.TEXT)
            .map(each -> each.facts().bestOf(patterns, false))
            .filter(best -> best.size() == 1)
            .flatMap(List::stream)
            .distinct()
            .toList();
    return told.size() == 1 ? told : patterns;
  }
}
