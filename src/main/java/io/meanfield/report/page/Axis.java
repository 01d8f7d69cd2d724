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
    LOG
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
}
