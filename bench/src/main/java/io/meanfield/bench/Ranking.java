package io.meanfield.bench;

import java.util.Comparator;
import java.util.List;

/** Scores of test examples, from the highest one; areas under curves that any trainer can have. */
final class Ranking {
  /** The score of an example, and whether the example is of class 1. */
  record Scored(double score, boolean positive) {}

  private final List<Scored> examples;
  private final long positives;

  Ranking(List<Scored> examples) {
    this.examples =
        examples.stream().sorted(Comparator.comparingDouble(Scored::score).reversed()).toList();
    positives = examples.stream().filter(Scored::positive).count();
  }

  /** Returns the area under the ROC curve; equal scores count half. */
  double rocAuc() {
    double ordered = 0;
    long above = 0;
    for (int first = 0; first < examples.size(); first = end(first)) {
      long tied = positives(first, end(first));
      ordered += (end(first) - first - tied) * (above + tied / 2.0);
      above += tied;
    }
    return ordered / ((double) positives * (examples.size() - positives));
  }

  /** Returns the average precision, as scikit-learn's average_precision_score. */
  double averagePrecision() {
    double sum = 0;
    long above = 0;
    for (int first = 0; first < examples.size(); first = end(first)) {
      long tied = positives(first, end(first));
      above += tied;
      sum += tied * above / (double) end(first);
    }
    return sum / positives;
  }

  // The end of the examples that have the score of the first one.
  private int end(int first) {
    int end = first + 1;
    while (end < examples.size() && examples.get(end).score() == examples.get(first).score()) {
      end++;
    }
    return end;
  }

  private long positives(int first, int end) {
    return examples.subList(first, end).stream().filter(Scored::positive).count();
  }
}
