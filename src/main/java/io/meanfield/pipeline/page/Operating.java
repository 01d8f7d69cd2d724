package io.meanfield.pipeline.page;

import io.meanfield.report.ReadableNumber;
import io.meanfield.store.StoredRow;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The point of the curves at which a model for two classes decides.
 *
 * @param threshold the smallest probability of class 1 for which it predicts class 1
 */
record Operating(double threshold, double falsePositiveRate, double recall) {

  /** Returns the point of the run's confusion matrix; empty unless both classes occur. */
  static Optional<Operating> of(RunRecord run) {
    double[][] counts = new double[2][2];
    List<StoredRow> cells = run.table("confusion");
    if (cells.size() != 4) {
      return Optional.empty();
    }
    for (StoredRow cell : cells) {
      counts[RunRecord.integer(cell, "actual") & 1][RunRecord.integer(cell, "predicted") & 1] =
          RunRecord.number(cell, "count", 0);
    }
    double negatives = counts[0][0] + counts[0][1];
    double positives = counts[1][0] + counts[1][1];
    return negatives == 0 || positives == 0
        ? Optional.empty()
        : Optional.of(
            new Operating(threshold(run), counts[0][1] / negatives, counts[1][1] / positives));
  }

  private static double threshold(RunRecord run) {
    return run.table("evaluation").stream()
        .findFirst()
        .flatMap(row -> row.number("threshold"))
        .or(() -> Optional.ofNullable(run.status().result().metrics().get("threshold")))
        .orElse(0.5);
  }

  String label() {
    return "threshold " + ReadableNumber.text(threshold);
  }

  /** Says in words how the model decides. */
  String sentence(String positive) {
    return String.format(
        Locale.ROOT,
        "The model predicts class %s where its probability is at least %s. So it finds %s of the"
            + " examples of this class, and gives a false alarm for %s of the others.",
        positive,
        ReadableNumber.text(threshold),
        Numbers.percent(recall),
        Numbers.percent(falsePositiveRate));
  }
}
