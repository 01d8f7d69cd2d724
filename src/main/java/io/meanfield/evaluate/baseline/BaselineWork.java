package io.meanfield.evaluate.baseline;

/**
 * Estimates of the seconds that a training and its baselines take on one core, which depend on
 * sizes alone, so that the same run always has the same baselines. The constants are those of four
 * tables of 900 to 40,000 rows with the default network, on a processor with AVX-512.
 *
 * @param rows training examples
 * @param columns of the table
 * @param features of a linear model
 * @param models how many of each kind: one for each target of a regression
 * @param boosted whether trees are boosted
 */
record BaselineWork(long rows, int columns, int features, int models, boolean boosted) {
  static final long MOST_ROWS = 100_000;

  // Some 160 Spark jobs for 20 trees, one after the other, and the compiler's work on their code.
  private static final double SECONDS_OF_BOOSTING = 18;
  // The trees of a forest grow together, in some 10 jobs.
  private static final double SECONDS_OF_FOREST = 8;
  // 20 trees of 5 levels, each of which reads every column of every example.
  private static final double SECONDS_OF_TREE_VALUE = 100 * 1.5e-6;
  // Few Spark jobs, and the compiler's work on their code.
  private static final double SECONDS_OF_LINEAR = 3;
  // The normal equations, or 100 passes of L-BFGS, if they are more.
  private static final double SECONDS_OF_PRODUCT = 1e-9;
  private static final int PASSES = 100;

  // A step multiplies and adds a weight three times for each example.
  private static final double SECONDS_OF_STEP = 6 / 2e10;

  /** Returns whether all baselines together take less time than the training. */
  boolean isWorthIt(long epochs, long weights) {
    return rows < MOST_ROWS && seconds() < training(epochs, weights);
  }

  /** Returns whether the linear models alone take less time than the training. */
  boolean isLinearWorthIt(long epochs, long weights) {
    return rows < MOST_ROWS && models * (SECONDS_OF_LINEAR + linear()) < training(epochs, weights);
  }

  double training(long epochs, long weights) {
    return (double) epochs * rows * weights * SECONDS_OF_STEP;
  }

  double seconds() {
    double jobs = boosted ? SECONDS_OF_BOOSTING : SECONDS_OF_FOREST;
    double trees = jobs + rows * (double) columns * SECONDS_OF_TREE_VALUE;
    return models * (trees + linear());
  }

  private double linear() {
    return rows * (double) features * Math.max(PASSES, features) * SECONDS_OF_PRODUCT;
  }
}
