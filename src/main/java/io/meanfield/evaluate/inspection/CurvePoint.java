package io.meanfield.evaluate.inspection;

import java.util.Locale;
import java.util.Optional;

/** A point of a curve or a bar of a histogram; a row of table {@code curves}. */
record CurvePoint(Kind kind, double x, double y, Optional<String> label) {
  /** The curves and histograms. */
  enum Kind {
    /** False positive rate and true positive rate of class 1; the label is the threshold. */
    ROC,
    /** Recall and precision of class 1; the label is the threshold. */
    PR,
    /** Target and output of one example; the label is the output, counted from 0. */
    PREDICTED,
    /** Middle of a bin of output minus target, and examples. */
    RESIDUAL_HISTOGRAM;

    /** Returns the value in the column {@code kind}. */
    String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
