package io.meanfield.report.page;

/** A vertical line across a chart, with a label: "best epoch", "learning rate halved". */
public record Marker(double x, String label) {
  public Marker {
    Validity.finite("x of a marker", x);
    Validity.text("the label of a marker", label);
  }
}
