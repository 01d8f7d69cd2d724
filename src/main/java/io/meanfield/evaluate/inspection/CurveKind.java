package io.meanfield.evaluate.inspection;

/** The curves and histograms of table {@code curves}. */
public enum CurveKind {
  /** False positive rate and true positive rate of class 1; the label is the threshold. */
  ROC("roc"),
  /** Recall and precision of class 1; the label is the threshold. */
  PRECISION_RECALL("pr"),
  /** Lower bound of a bin of the probability of class 1, and examples; the label is the class. */
  SCORES("score_histogram"),
  /** Target and output of one example; the label is the output, counted from 0. */
  PREDICTED("predicted"),
  /** Middle of a bin of output minus target, and examples. */
  RESIDUALS("residual_histogram");

  private final String id;

  CurveKind(String id) {
    this.id = id;
  }

  /** Returns the value in the column {@code kind}. */
  public String id() {
    return id;
  }
}
