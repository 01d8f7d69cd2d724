package io.meanfield.promotion;

/** A test of two models on the same examples. */
public sealed interface SignificanceTest permits McNemarTest, PairedBootstrap {
  /** Returns the name of the test, for messages. */
  String name();

  /**
   * Returns the two-sided p-value: the probability of a difference at least as large if both models
   * were equally good.
   */
  double pValue();
}
