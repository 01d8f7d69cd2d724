package io.meanfield.data.column;

import io.meanfield.data.column.TableColumn.Kind;
import io.meanfield.data.column.TextForms.Form;
import io.meanfield.data.column.TextSettings.DecimalSign;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The rule for columns of numbers: which sign begins their decimals, whether they are amounts, and
 * whether they are codes or ids.
 */
final class NumberRules {
  private static final int FEW = CategoryRules.FEW;
  private static final int MOST_YEARS = 300; // which a column may have once each
  private static final Pattern ID =
      Pattern.compile("(.*[^A-Za-z])?(?i:id|key|uuid|guid|index|nr|no)|.*[a-z](Id|ID)");

  private final DecimalSign decimal;
  private final boolean hasPoints;
  private final boolean hasCommas;
  private final boolean haveDividingPoints;

  /**
   * Prepares the rule.
   *
   * @param columns all columns of the table, which show the signs of its decimals
   */
  NumberRules(List<TableColumn> columns, DecimalSign decimal) {
    this.decimal = decimal;
    this.hasPoints = columns.stream().anyMatch(each -> isWritten(each, Form.POINT_ONLY));
    this.hasCommas = columns.stream().anyMatch(each -> isWritten(each, Form.COMMA_ONLY));
    this.haveDividingPoints =
        columns.stream()
            .filter(each -> isWritten(each, Form.COMMA_ONLY))
            .anyMatch(each -> each.facts().has(Form.DIVIDED) && !isWritten(each, Form.POINT_ONLY));
  }

  /** Returns whether a column of numbers has values that only one sign of decimals explains. */
  private static boolean isWritten(TableColumn column, Form form) {
    ColumnFacts facts = column.facts();
    return column.kind() == Kind.TEXT && facts.has(form) && facts.isNumeric();
  }

  /** Judges a column whose texts are numbers. */
  ColumnUse text(TableColumn column) {
    ColumnFacts facts = column.facts();
    if (column.isNamed()) {
      return amounts(column);
    }
    if (facts.has(Form.LEADING_ZERO)) {
      return CategoryRules.of(column, codes("leading zeros, such as %s", Form.LEADING_ZERO, facts));
    }
    if (facts.has(Form.BARE_EXPONENT)
        && !facts.has(Form.POINT_ONLY)
        && !facts.has(Form.COMMA_ONLY)) {
      return CategoryRules.of(column, codes("an E, such as %s", Form.BARE_EXPONENT, facts));
    }
    if (facts.has(Form.TOO_LONG)) {
      return CategoryRules.of(column, codes("too many digits for a number", Form.TOO_LONG, facts));
    }
    return amounts(column);
  }

  /** Decides what numbers with units and in parentheses are. */
  private ColumnUse amounts(TableColumn column) {
    ColumnFacts facts = column.facts();
    if (facts.has(Form.MEASURED) && facts.has(Form.BARE) && areMixed(column)) {
      return ColumnUse.leftOut(
          column,
          mixed(
              facts.units().contains(Unit.PERCENT)
                  ? "numbers with and without a sign of percent"
                  : "numbers with and without a unit",
              Form.MEASURED,
              Form.BARE,
              facts));
    }
    List<String> units = units(facts);
    if (units.size() > 1) {
      return ColumnUse.leftOut(
          column,
          (areMeasured(facts) ? "numbers in several units: " : "amounts in several currencies: ")
              + String.join(", ", units));
    }
    if (facts.has(Form.PARENTHESES) && facts.has(Form.MINUS)) {
      return ColumnUse.leftOut(
          column,
          mixed(
              "numbers in parentheses beside negative ones", Form.PARENTHESES, Form.MINUS, facts));
    }
    return withSign(column);
  }

  /** Returns whether the numbers with a measure are too many to be wrong values, or too few. */
  private static boolean areMixed(TableColumn column) {
    ColumnFacts facts = column.facts();
    return facts.units().contains(Unit.PERCENT)
        || (!column.isNamed() && 10 * others(facts) > facts.numbers());
  }

  /** Returns whether most numbers have a measure. */
  private static boolean areMeasured(ColumnFacts facts) {
    return facts.count(Form.MEASURED) > facts.count(Form.BARE);
  }

  /** Returns the number of numbers that are wrong beside the others, because of a measure. */
  private static long others(ColumnFacts facts) {
    return facts.count(areMeasured(facts) ? Form.BARE : Form.MEASURED);
  }

  private static List<String> units(ColumnFacts facts) {
    boolean haveMeasures = areMeasured(facts);
    return facts.units().stream()
        .filter(
            unit -> Unit.isMeasure(unit) == haveMeasures || facts.units().contains(Unit.PERCENT))
        .toList();
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
    if (decimal != DecimalSign.AUTO) {
      return read(column, decimal == DecimalSign.COMMA);
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
    if (!areBoth && hasPoint && haveDividingPoints && !hasPoints) {
      return read(column, true);
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
                "numbers such as %s, whose %s may divide thousands or begin the decimals",
                facts.example(hasPoint ? Form.POINT_OR_THOUSANDS : Form.COMMA_OR_THOUSANDS),
                hasPoint ? "point" : "comma"))
        .unless("set data.columns.decimal = point or comma to use them");
  }

  private ColumnUse read(TableColumn column, boolean hasComma) {
    ColumnFacts facts = column.facts();
    Form form = hasComma ? Form.COMMA : Form.POINT;
    long right = Math.max(0, facts.count(form) - others(facts));
    if (!facts.isMostly(right, column.isNamed())) {
      return CategoryRules.of(column, "");
    }
    boolean areWhole = facts.areWhole(hasComma);
    Form thousands = hasComma ? Form.POINT_OR_THOUSANDS : Form.COMMA_OR_THOUSANDS;
    // The settings leave no doubt about numbers such as 1,500.
    boolean isSet = decimal == (hasComma ? DecimalSign.COMMA : DecimalSign.POINT);
    TextForm texts =
        TextForm.ofNumbers(
            hasComma,
            facts.has(thousands) || facts.has(Form.DIVIDED) || isSet,
            areWhole && !isSet,
            units(facts).stream().findFirst().orElse(""));
    String reason =
        (areWhole ? "whole numbers" : "numbers")
            + (hasComma && !areWhole ? " with a decimal comma" : "")
            + (facts.has(Form.PARENTHESES) ? ", negative ones in parentheses" : "");
    return areWhole
        ? whole(column, texts, right, reason)
        : ColumnUse.of(column, ValueType.NUMBER, texts, right, reason);
  }

  /** Judges a column of whole numbers. */
  ColumnUse whole(TableColumn column, TextForm form, long right, String reason) {
    ColumnFacts facts = column.facts();
    if (!column.isNamed()) {
      if (facts.has(Form.TOO_LONG)) {
        return CategoryRules.of(
            column, codes("too many digits for a number", Form.TOO_LONG, facts));
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
}
