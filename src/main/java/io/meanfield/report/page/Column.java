package io.meanfield.report.page;

/** A column of a table. */
public record Column(String name, Align align) {
  /** Where the cells of a column stand. */
  public enum Align {
    /** For text. */
    LEFT,
    /** For numbers. */
    RIGHT
  }

  public Column {
    Validity.text("the name of a column", name);
  }

  /** Returns a column of text. */
  public static Column text(String name) {
    return new Column(name, Align.LEFT);
  }

  /** Returns a column of numbers. */
  public static Column number(String name) {
    return new Column(name, Align.RIGHT);
  }
}
