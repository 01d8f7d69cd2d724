package io.meanfield.pipeline.compare;

/**
 * What a run has predicted for one test example.
 *
 * @param actual the class of the example; -1 unless each example has one class that is known
 * @param predicted the predicted class; -1 unless each example has one class
 * @param squaredError mean over the outputs; NaN unless the example has numeric targets
 * @param absoluteError mean over the outputs; NaN unless the example has numeric targets
 * @param weight 1 if the examples have none
 */
record TestPrediction(
    long id, int actual, int predicted, double squaredError, double absoluteError, double weight) {

  boolean hasClass() {
    return actual >= 0 && predicted >= 0;
  }

  boolean isCorrect() {
    return actual == predicted;
  }

  boolean hasErrors() {
    return !Double.isNaN(squaredError);
  }

  /** Returns whether both are predictions for the same example. */
  boolean isOfExample(TestPrediction other) {
    return id == other.id && actual == other.actual && weight == other.weight;
  }
}
