package io.meanfield.pipeline.start;

/**
 * What a column is for.
 *
 * @param reason a part of a sentence, in the words of the user
 */
record ColumnUse(ColumnStatistics column, Role role, String reason) {
  /** The roles of columns. */
  enum Role {
    LABEL("label"),
    TARGET("target"),
    NUMBER("number"),
    TIME("date"),
    CATEGORY("category"),
    EXCLUDED("left out");

    private final String word;

    Role(String word) {
      this.word = word;
    }

    @Override
    public String toString() {
      return word;
    }
  }

  String name() {
    return column.name();
  }
}
