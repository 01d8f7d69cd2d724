package io.meanfield.data.column;

import io.meanfield.data.column.ColumnUse.Role;
import io.meanfield.data.column.TableColumn.Kind;
import io.meanfield.data.column.TextForms.Form;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The one rule for what a column is: what nine in ten present values are, number, truth value, date
 * or time; the others are wrong values. Else a text if its values have several words, a category if
 * they repeat. Else it is left out, as is every column whose values may mean two things. A type
 * other than text is a fact. A column that settings name as a feature is what the majority of its
 * values are.
 */
public final class ColumnRules {
  private static final String ELEMENTS =
      "data.train.query can select its size or its elements as columns";
  private static final Pattern WHOLE_NUMBERS = Pattern.compile("array<(?:tiny|small|big)?int>");
  private static final String SET = "name it in data.columns.text to read it as a set";

  private final List<TableColumn> columns;
  private final NumberRules numbers;
  private final DateRules dates;

  private ColumnRules(List<TableColumn> columns, TextSettings settings) {
    this.columns = columns;
    this.numbers = new NumberRules(columns, settings.decimal());
    this.dates = new DateRules(columns, settings);
  }

  /** Returns the uses of all columns of a table. */
  public static List<ColumnUse> uses(List<TableColumn> columns, TextSettings settings) {
    ColumnRules rules = new ColumnRules(columns, settings);
    return columns.stream().map(rules::use).toList();
  }

  private ColumnUse use(TableColumn column) {
    ColumnFacts facts = column.facts();
    if (column.name().isEmpty() && !column.isNamed()) {
      return ColumnUse.leftOut(column, "no name, by which settings could call it");
    }
    if (facts.values() > 0 && facts.present() == 0) {
      return ColumnUse.leftOut(column, "no value");
    }
    if (isConstant(column) && facts.values() > CategoryRules.FEW && !column.isNamed()) {
      return ColumnUse.leftOut(column, "the same value in every row");
    }
    return switch (column.kind()) {
      case TEXT -> text(column);
      case WHOLE -> numbers.whole(column, TextForm.PLAIN, facts.count(Form.POINT), "whole numbers");
      case BYTES -> bytes(column);
      case OTHER -> noFeature(column, column.type());
      case NUMBER -> number(column);
      case TRUTH -> typed(column, facts.present(), "true or false");
      case DATE, TIMESTAMP -> typed(column, facts.present(), "dates");
      case NUMBERS -> arrays(column, column.type());
      case TEXTS -> ColumnUse.text(column.name(), sets(column));
    };
  }

  private static String sets(TableColumn column) {
    return column.type().startsWith("array<") ? "sets of texts" : "sets with weights";
  }

  private static ColumnUse typed(TableColumn column, long right, String reason) {
    return ColumnUse.of(
        column, column.kind().valueType().orElseThrow(), TextForm.PLAIN, right, reason);
  }

  private static ColumnUse number(TableColumn column) {
    ColumnFacts facts = column.facts();
    long finite = facts.count(Form.POINT);
    return column.isNamed() || facts.isMostly(finite, false)
        ? typed(column, finite, "numbers")
        : ColumnUse.leftOut(
            column,
            String.format(
                Locale.ROOT,
                "numbers that 32 bits hold in only %d of %d rows",
                finite,
                facts.present()));
  }

  /** Judges a column of arrays, or of bytes, of which a missing one is a wrong value. */
  private static ColumnUse arrays(TableColumn column, String reason) {
    ColumnFacts facts = column.facts();
    if (column.isNamed()) {
      return typed(column, facts.arrays(), reason);
    }
    if (!facts.haveOneLength()) {
      ColumnUse use = noFeature(column, column.type() + " of different lengths");
      return WHOLE_NUMBERS.matcher(column.type()).matches() ? use.unless(SET) : use;
    }
    return 10 * facts.arrays() >= 9 * facts.values()
        ? typed(column, facts.arrays(), reason)
        : ColumnUse.leftOut(
            column,
            String.format(
                Locale.ROOT,
                "%s without gaps in only %d of %d rows",
                column.type(),
                facts.arrays(),
                facts.values()));
  }

  private static ColumnUse noFeature(TableColumn column, String type) {
    ColumnUse use = ColumnUse.leftOut(column, "of type " + type + ", which is no feature");
    boolean hasElements = type.startsWith("array<") || type.startsWith("map<");
    return hasElements ? use.unless(ELEMENTS) : use;
  }

  private ColumnUse bytes(TableColumn column) {
    boolean isOnly =
        columns.stream()
            .filter(other -> !other.isNamed() && !other.name().equals(column.name()))
            .allMatch(other -> other.kind() != Kind.BYTES && use(other).role() == Role.LEFT_OUT);
    return isOnly || column.isNamed()
        ? arrays(column, "the pixels of an image")
        : ColumnUse.leftOut(column, "bytes, which are an image only if they are the only feature");
  }

  private static boolean isConstant(TableColumn column) {
    ColumnFacts facts = column.facts();
    return facts.missing() == 0
        && switch (column.kind()) {
          case TEXT, TEXTS, WHOLE -> facts.distinct() == 1;
          case NUMBER, TRUTH, DATE, TIMESTAMP -> facts.least(false) == facts.largest(false);
          case NUMBERS, BYTES, OTHER -> false;
        };
  }

  private ColumnUse text(TableColumn column) {
    ColumnFacts facts = column.facts();
    boolean isNamed = column.isNamed();
    if (facts.isMostly(facts.numbers(), isNamed)) {
      return numbers.text(column);
    }
    if (facts.isMostly(facts.count(Form.TRUTH), isNamed)) {
      return ColumnUse.of(
          column, ValueType.BOOLEAN, TextForm.PLAIN, facts.count(Form.TRUTH), "true or false");
    }
    return dates.of(column).orElseGet(() -> CategoryRules.of(column, ""));
  }
}
