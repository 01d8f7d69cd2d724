package io.meanfield.report.page;

/**
 * An axis of a chart.
 *
 * @param label what the numbers are, with the unit: "seconds", "validation loss"
 */
public record Axis(String label, Scale scale) {
  /** How numbers become positions on an axis. */
  public enum Scale {
    /** Equal differences have equal lengths. */
    LINEAR,
    /** Equal ratios have equal lengths. Numbers of 0 and less are gaps. */
    LOG,
    /**
     * Milliseconds since 1970, shown as times such as "2026-01-31 03:12 UTC"; of an x axis only.
     */
    TIME
  }

  public Axis {
    Validity.text("the label of an axis", label);
  }

  /** Returns a linear axis. */
  public static Axis linear(String label) {
    return new Axis(label, Scale.LINEAR);
  }

  /** Returns a logarithmic axis. */
  public static Axis log(String label) {
    return new Axis(label, Scale.LOG);
  }

  /** Returns an axis of times. */
  public static Axis time(String label) {
    return new Axis(label, Scale.TIME);
  }

  /** Returns a number of this axis in words, for a sentence. */
  String shown(double value) {
    return scale == Scale.TIME ? UtcTime.ofMillis(value) : Decimals.shown(value);
  }
}
