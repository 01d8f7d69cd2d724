package io.meanfield.data.column;

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
  /** What a column may be for. */
  public enum Role {
    NUMBER("number"),
    TIME("date"),
    CATEGORY("category"),
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

  /** Returns the use of a column that settings call a category. */
  public static ColumnUse named(String column, String reason) {
    return untyped(column, Role.CATEGORY, reason);
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

  /** Returns why the column is for that, and the remedy if there is one. */
  public String reason() {
    return remedy.isEmpty() ? found : found + "; " + remedy;
  }

  /** Returns whether the values are numbers, truth values or times. */
  public boolean isNumeric() {
    return role == Role.NUMBER || role == Role.TIME;
  }
}
