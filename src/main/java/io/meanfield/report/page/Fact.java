package io.meanfield.report.page;

/**
 * A name and its value, such as "accuracy" and "97.00 %".
 *
 * @param value as it is shown, with its unit; may be empty
 */
public record Fact(String name, String value, Emphasis emphasis) {
  /** How much a fact attracts attention. */
  public enum Emphasis {
    /** Looks like all others. */
    NORMAL,
    /** Stands out, as the best of several values does. */
    STRONG,
    /** Stands out, because something is wrong. */
    WARNING
  }

  public Fact {
    Validity.text("the name of a fact", name);
    Validity.present("the value of a fact", value);
  }

  /** Returns a fact that looks like all others. */
  public Fact(String name, String value) {
    this(name, value, Emphasis.NORMAL);
  }

  /** Returns a fact that shows that something is wrong. */
  public static Fact warning(String name, String value) {
    return new Fact(name, value, Emphasis.WARNING);
  }

  /** Returns a fact that stands out. */
  public static Fact strong(String name, String value) {
    return new Fact(name, value, Emphasis.STRONG);
  }
}
