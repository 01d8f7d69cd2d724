package io.meanfield.data.column;

import io.meanfield.data.column.ColumnUse.Role;
import io.meanfield.data.column.TableColumn.Kind;
import io.meanfield.data.column.TextForms.Form;
import io.meanfield.data.column.TextSettings.DecimalSign;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The one rule for what a column is: what nine in ten present values are, number, truth value, date
 * or time; the others are wrong values. Else a category if its values repeat. Else it is left out,
 * as is every column whose values may mean two things. A type other than text is a fact. A column
 * that settings name as a feature is what the majority of its values are.
 */
final class ColumnRules {
  private static final int FEW = 20; // rows, which tell little, or different values
  private static final int MOST_YEARS = 300; // which a column may have once each
  private static final int MOST_SHORT_TEXTS = 100;
  private static final int MOST_CATEGORIES = 100_000;
  private static final double WORDS_OF_FREE_TEXT = 4;
  private static final Pattern ID =
      Pattern.compile("(.*[^A-Za-z])?(?i:id|key|uuid|guid|index|nr|no)|.*[a-z](Id|ID)");
  private static final String DECIMAL = "set data.columns.decimal = point or comma to use them";

  private final List<TableColumn> columns;
  private final TextSettings settings;
  private final boolean hasPoints;
  private final boolean hasCommas;

  ColumnRules(List<TableColumn> columns, TextSettings settings) {
    this.columns = columns;
    this.settings = settings;
    this.hasPoints = columns.stream().anyMatch(each -> isWritten(each, Form.POINT_ONLY));
    this.hasCommas = columns.stream().anyMatch(each -> isWritten(each, Form.COMMA_ONLY));
  }

  /** Returns whether a column of numbers has values that only one sign of decimals explains. */
  private static boolean isWritten(TableColumn column, Form form) {
    ColumnFacts facts = column.facts();
    return column.kind() == Kind.TEXT && facts.has(form) && facts.isNumeric();
  }

  List<ColumnUse> uses() {
    return columns.stream().map(this::use).toList();
  }

  private ColumnUse use(TableColumn column) {
    ColumnFacts facts = column.facts();
    if (facts.values() > 0 && facts.present() == 0) {
      return ColumnUse.leftOut(column, "no value");
    }
    if (isConstant(column) && facts.values() > FEW && !column.isNamed()) {
      return ColumnUse.leftOut(column, "the same value in every row");
    }
    return switch (column.kind()) {
      case TEXT -> text(column);
      case WHOLE -> whole(column, TextForm.PLAIN, 0, "whole numbers");
      case BYTES -> bytes(column);
      case OTHER -> ColumnUse.leftOut(column, "of type " + column.type() + ", which is no feature");
      case NUMBER -> typed(column, "numbers");
      case TRUTH -> typed(column, "true or false");
      case DATE, TIMESTAMP -> typed(column, "dates");
      case NUMBERS -> typed(column, column.type());
    };
  }

  private static ColumnUse typed(TableColumn column, String reason) {
    return ColumnUse.of(column, column.kind().valueType().orElseThrow(), TextForm.PLAIN, 0, reason);
  }

  private ColumnUse bytes(TableColumn column) {
    boolean isOnly =
        columns.stream()
            .filter(other -> !other.isNamed() && !other.name().equals(column.name()))
            .allMatch(other -> other.kind() != Kind.BYTES && use(other).role() == Role.LEFT_OUT);
    return isOnly || column.isNamed()
        ? typed(column, "the pixels of an image")
        : ColumnUse.leftOut(column, "bytes, which are an image only if they are the only feature");
  }

  private static boolean isConstant(TableColumn column) {
    ColumnFacts facts = column.facts();
    return facts.missing() == 0
        && switch (column.kind()) {
          case TEXT, WHOLE -> facts.distinct() == 1;
          case NUMBER, TRUTH, DATE, TIMESTAMP -> facts.least(false) == facts.largest(false);
          case NUMBERS, BYTES, OTHER -> false;
        };
  }

  private ColumnUse text(TableColumn column) {
    ColumnFacts facts = column.facts();
    boolean isNamed = column.isNamed();
    if (facts.isMostly(facts.numbers(), isNamed)) {
      return number(column);
    }
    if (facts.isMostly(facts.count(Form.TRUTH), isNamed)) {
      return ColumnUse.of(
          column, ValueType.BOOLEAN, TextForm.PLAIN, facts.count(Form.TRUTH), "true or false");
    }
    return time(column).orElseGet(() -> category(column, ""));
  }

  private ColumnUse number(TableColumn column) {
    ColumnFacts facts = column.facts();
    if (column.isNamed()) {
      return amounts(column);
    }
    if (facts.has(Form.LEADING_ZERO)) {
      return category(column, codes("leading zeros, such as %s", Form.LEADING_ZERO, facts));
    }
    if (facts.has(Form.BARE_EXPONENT)
        && !facts.has(Form.POINT_ONLY)
        && !facts.has(Form.COMMA_ONLY)) {
      return category(column, codes("an E, such as %s", Form.BARE_EXPONENT, facts));
    }
    if (facts.has(Form.TOO_LONG)) {
      return category(column, codes("too many digits for a number", Form.TOO_LONG, facts));
    }
    return amounts(column);
  }

  /** Decides what numbers with units and in parentheses are. */
  private ColumnUse amounts(TableColumn column) {
    ColumnFacts facts = column.facts();
    if (facts.has(Form.PERCENT) && facts.has(Form.NO_PERCENT)) {
      return ColumnUse.leftOut(
          column,
          mixed(
              "numbers with and without a sign of percent", Form.PERCENT, Form.NO_PERCENT, facts));
    }
    if (facts.units().size() > 1) {
      return ColumnUse.leftOut(
          column, "amounts in several currencies: " + String.join(", ", facts.units()));
    }
    if (facts.has(Form.PARENTHESES) && facts.has(Form.MINUS)) {
      return ColumnUse.leftOut(
          column,
          mixed(
              "numbers in parentheses beside negative ones", Form.PARENTHESES, Form.MINUS, facts));
    }
    return withSign(column);
  }

  private static String codes(String what, Form form, ColumnFacts facts) {
    return "codes with " + String.format(Locale.ROOT, what, facts.example(form)) + ": ";
  }

  private static String mixed(String what, Form one, Form other, ColumnFacts facts) {
    return String.format(
        Locale.ROOT, "%s, such as %s and %s", what, facts.example(one), facts.example(other));
  }

  /** Decides whether numbers have a decimal point or a decimal comma. */
  private ColumnUse withSign(TableColumn column) {
    ColumnFacts facts = column.facts();
    boolean hasPoint = facts.has(Form.POINT_ONLY);
    boolean hasComma = facts.has(Form.COMMA_ONLY);
    if (hasPoint != hasComma) {
      return read(column, hasComma);
    }
    if (settings.decimal() != DecimalSign.AUTO) {
      return read(column, settings.decimal() == DecimalSign.COMMA);
    }
    if (hasPoint) {
      return column.isNamed()
          ? read(column, facts.count(Form.COMMA) > facts.count(Form.POINT))
          : ColumnUse.leftOut(
              column,
              mixed(
                  "numbers with a decimal point and with a decimal comma",
                  Form.POINT_ONLY,
                  Form.COMMA_ONLY,
                  facts));
    }
    return facts.has(Form.POINT_OR_THOUSANDS) || facts.has(Form.COMMA_OR_THOUSANDS)
        ? ambiguous(column)
        : read(column, false);
  }

  /**
   * Decides what numbers such as 1,500 mean of which no other in the column tells it: what the
   * other columns of the table have.
   */
  private ColumnUse ambiguous(TableColumn column) {
    ColumnFacts facts = column.facts();
    boolean areBoth = facts.has(Form.POINT_OR_THOUSANDS) && facts.has(Form.COMMA_OR_THOUSANDS);
    boolean hasPoint = facts.has(Form.POINT_OR_THOUSANDS);
    if (!areBoth && hasPoint && !hasCommas) {
      return read(column, false);
    }
    if (!areBoth && !hasPoint && (facts.has(Form.DIGITS) || hasPoints) && !hasCommas) {
      return read(column, false);
    }
    if (!areBoth && !hasPoint && !facts.has(Form.DIGITS) && hasCommas && !hasPoints) {
      return read(column, true);
    }
    return ColumnUse.leftOut(
        column,
        String.format(
            Locale.ROOT,
            "numbers such as %s, whose %s may divide thousands or begin the decimals; %s",
            facts.example(hasPoint ? Form.POINT_OR_THOUSANDS : Form.COMMA_OR_THOUSANDS),
            hasPoint ? "point" : "comma",
            DECIMAL));
  }

  private ColumnUse read(TableColumn column, boolean hasComma) {
    ColumnFacts facts = column.facts();
    Form form = hasComma ? Form.COMMA : Form.POINT;
    if (!facts.isMostly(facts.count(form), column.isNamed())) {
      return category(column, "");
    }
    boolean areWhole = facts.areWhole(hasComma);
    Form thousands = hasComma ? Form.POINT_OR_THOUSANDS : Form.COMMA_OR_THOUSANDS;
    // The settings leave no doubt about numbers such as 1,500.
    boolean isSet = settings.decimal() == (hasComma ? DecimalSign.COMMA : DecimalSign.POINT);
    TextForm texts =
        TextForm.ofNumbers(
            hasComma,
            facts.has(thousands) || facts.has(Form.DIVIDED) || isSet,
            areWhole && !isSet,
            facts.units().stream().findFirst().orElse(""));
    String reason =
        (areWhole ? "whole numbers" : "numbers")
            + (hasComma && !areWhole ? " with a decimal comma" : "")
            + (facts.has(Form.PARENTHESES) ? ", negative ones in parentheses" : "");
    return areWhole
        ? whole(column, texts, facts.count(form), reason)
        : ColumnUse.of(column, ValueType.NUMBER, texts, facts.count(form), reason);
  }

  private ColumnUse whole(TableColumn column, TextForm form, long right, String reason) {
    ColumnFacts facts = column.facts();
    if (!column.isNamed()) {
      if (facts.has(Form.TOO_LONG)) {
        return category(column, codes("too many digits for a number", Form.TOO_LONG, facts));
      }
      Optional<String> id = id(column, form.hasDecimalComma());
      if (id.isPresent()) {
        return ColumnUse.leftOut(column, id.get());
      }
    }
    return ColumnUse.of(column, ValueType.NUMBER, form, right, reason);
  }

  /** Returns why whole numbers are ids; empty if they are none. */
  private static Optional<String> id(TableColumn column, boolean hasComma) {
    ColumnFacts facts = column.facts();
    if (!facts.areNearlyUnique() || facts.present() <= FEW) {
      return Optional.empty();
    }
    double least = facts.least(hasComma);
    double range = facts.largest(hasComma) - least + 1;
    boolean isFull = facts.missing() == 0 && range == facts.values();
    if (isFull && (least == 0 || least == 1)) {
      return Optional.of(
          String.format(
              Locale.ROOT, "the whole numbers from %.0f on, which number the rows", least));
    }
    if (ID.matcher(column.name()).matches()) {
      return Optional.of("an id: nearly every number is different");
    }
    return facts.present() > MOST_YEARS && 10 * range <= 11 * facts.present()
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "ids: nearly all whole numbers from %.0f to %.0f, each once",
                least,
                facts.largest(hasComma)))
        : Optional.empty();
  }

  private Optional<ColumnUse> time(TableColumn column) {
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
      return ColumnUse.leftOut(
          column,
          String.format(
              Locale.ROOT,
              "dates of the form %s; name one of them in data.columns.dates.format",
              String.join(" or ", possible)));
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

  /** Judges a column of dates of an unknown century, or of versions such as 1.2.30. */
  private static ColumnUse shortYear(TableColumn column, String pattern) {
    String dates =
        String.format(Locale.ROOT, "dates of the form %s, whose century is unknown", pattern);
    return isCategory(column.facts())
        ? ColumnUse.category(
            column,
            String.format(
                Locale.ROOT,
                "%s, or codes: %s; data.columns.dates.pivot makes them dates",
                dates,
                column.facts().differentValues("texts")))
        : ColumnUse.leftOut(
            column,
            String.format(
                Locale.ROOT,
                "%s; set data.columns.dates.pivot = 1950 if they are from 1950 to 2049",
                dates));
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

  private ColumnUse category(TableColumn column, String codes) {
    ColumnFacts facts = column.facts();
    if (column.kind() == Kind.TEXT && isFreeText(facts) && !column.isNamed()) {
      return ColumnUse.leftOut(
          column,
          String.format(Locale.ROOT, "free text, %.0f words on average", facts.meanWords()));
    }
    String different = facts.differentValues(column.kind() == Kind.TEXT ? "texts" : "numbers");
    if (isCategory(facts) || (column.isNamed() && facts.distinct() <= FEW)) {
      return ColumnUse.category(column, codes + different);
    }
    long numbers = facts.numbers();
    if (codes.isEmpty() && 2 * numbers >= facts.candidates()) {
      return ColumnUse.leftOut(
          column,
          String.format(
              Locale.ROOT,
              "numbers in %d of %d rows; leave the other values empty to use them",
              numbers,
              facts.present()));
    }
    return ColumnUse.leftOut(
        column,
        codes
            + (facts.areNearlyUnique()
                ? "an id or a name: nearly every text is different"
                : String.format(
                    Locale.ROOT, "%s, too many for %d rows", different, facts.present())));
  }

  private static boolean isFreeText(ColumnFacts facts) {
    return facts.meanWords() >= WORDS_OF_FREE_TEXT && facts.distinct() > MOST_SHORT_TEXTS;
  }

  // A category that occurs once or twice teaches nothing.
  private static boolean isCategory(ColumnFacts facts) {
    int repeats = facts.distinct() <= FEW ? 2 : 3;
    return facts.distinct() <= MOST_CATEGORIES && repeats * facts.distinct() <= facts.present();
  }
}
