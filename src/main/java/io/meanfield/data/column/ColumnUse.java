package io.meanfield.data.column;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a column of a table is for, and why.
 *
 * @param type of the values of a feature
 * @param form of their texts
 * @param wrong the number of present values that are of another type
 * @param found what the column has, a part of a sentence in the words of the user
 * @param remedy the setting that makes the values of a doubtful column features; empty if none does
 */
public record ColumnUse(
    String column,
    Role role,
    ValueType type,
    TextForm form,
    long wrong,
    String found,
    String remedy) {
  private static final int MOST_SHOWN = 50;
  private static final int FIRST = 8;

  /** What a column may be for. */
  public enum Role {
    NUMBER("number"),
    TIME("date"),
    CATEGORY("category"),
    TEXT("text"),
    LEFT_OUT("left out");

    private final String word;

    Role(String word) {
      this.word = word;
    }

    @Override
    public String toString() {
      return word;
    }
  }

  /**
   * Returns the use of a column of numbers, truth values or times.
   *
   * @param right the number of values that are of the type
   */
  static ColumnUse of(
      TableColumn column, ValueType type, TextForm form, long right, String reason) {
    Role role = type.isTime() ? Role.TIME : Role.NUMBER;
    ColumnFacts facts = column.facts();
    // A network has no input for a missing array.
    long all = column.kind().isArray() ? facts.values() : facts.candidates();
    return new ColumnUse(column.name(), role, type, form, all - right, reason, "");
  }

  /** Returns the use that the training of a model made of a column. */
  public static ColumnUse asTrained(String column, Role role) {
    return untyped(column, role, "as in the training");
  }

  /** Returns the use of a column that settings call a category. */
  public static ColumnUse named(String column, String reason) {
    return untyped(column, Role.CATEGORY, reason);
  }

  /** Returns the use of a column whose texts are split into words. */
  public static ColumnUse text(String column, String reason) {
    return untyped(column, Role.TEXT, reason);
  }

  static ColumnUse category(TableColumn column, String reason) {
    return untyped(column.name(), Role.CATEGORY, reason);
  }

  static ColumnUse leftOut(TableColumn column, String reason) {
    return leftOut(column.name(), reason);
  }

  /** Returns the use of a column that is no feature. */
  public static ColumnUse leftOut(String column, String reason) {
    return untyped(column, Role.LEFT_OUT, reason);
  }

  private static ColumnUse untyped(String column, Role role, String found) {
    return new ColumnUse(column, role, ValueType.FLOAT, TextForm.PLAIN, 0, found, "");
  }

  /** Returns the same use with a setting that makes the values features. */
  ColumnUse unless(String setting) {
    return new ColumnUse(column, role, type, form, wrong, found, setting);
  }

  /**
   * Returns the columns that lines for a person name: all of a table of at most {@value
   * #MOST_SHOWN}, else the first {@value #FIRST} of each role.
   */
  public static List<ColumnUse> shown(List<ColumnUse> uses) {
    if (uses.size() <= MOST_SHOWN) {
      return uses;
    }
    Set<ColumnUse> first = new HashSet<>();
    Arrays.stream(Role.values())
        .forEach(
            role ->
                uses.stream().filter(use -> use.role() == role).limit(FIRST).forEach(first::add));
    return uses.stream().filter(first::contains).toList();
  }

  /** Returns the names of columns with their reasons, in one line. */
  public static String explained(List<ColumnUse> uses) {
    List<ColumnUse> shown = shown(uses);
    String first =
        shown.stream()
            .map(use -> use.column() + " (" + use.reason() + ")")
            .collect(Collectors.joining(", "));
    return shown.size() < uses.size()
        ? "%s and %d more".formatted(first, uses.size() - shown.size())
        : first;
  }

  /** Returns why the column is for that, and the remedy if there is one. */
  public String reason() {
    return remedy.isEmpty() ? found : found + "; " + remedy;
  }

  /** Returns whether the values are numbers, truth values or times. */
  public boolean isNumeric() {
    return role == Role.NUMBER || role == Role.TIME;
  }
}
