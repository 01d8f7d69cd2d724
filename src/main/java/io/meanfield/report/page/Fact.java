package io.meanfield.report.page;

/**
 * A name and its value, such as "accuracy" and "97.00 %".
 *
 * @param value as it is shown, with its unit
 * @param style how it stands out: {@code strong}, {@code warning}, or not
 */
public record Fact(String name, String value, String style) {
  /** Returns a fact that looks like all others. */
  public Fact(String name, String value) {
    this(name, value, "");
  }

  /** Returns a fact that shows that something is wrong. */
  public static Fact warning(String name, String value) {
    return new Fact(name, value, "warning");
  }

  /** Returns a fact that stands out. */
  public static Fact strong(String name, String value) {
    return new Fact(name, value, "strong");
  }
}
