package io.meanfield.evaluate.inspection;

import io.meanfield.evaluate.metric.PredictionBlock;
import io.meanfield.network.TaskType;
import io.meanfield.random.SplitMix64;

/** Why an example is shown. */
public enum SampleKind {
  /** A wrong prediction, among those of the largest probability or loss. */
  MISTAKE("mistake"),
  /** A random correct prediction. */
  CORRECT("correct"),
  /** One of the largest errors in a regression. */
  LARGEST_ERROR("largest_error"),
  /** A random example of a regression. */
  RANDOM("random");

  private final String id;

  SampleKind(String id) {
    this.id = id;
  }

  /** Returns the kind of an example. */
  static SampleKind of(PredictionBlock block, int row) {
    if (!block.spec().taskType().hasAccuracy()) {
      return LARGEST_ERROR;
    }
    return block.isCorrect(row) ? CORRECT : MISTAKE;
  }

  /** Returns the rank of an example among those of this kind; the smallest ranks are shown. */
  double rank(PredictionBlock block, int row, long seed) {
    return switch (this) {
      case CORRECT, RANDOM -> place(seed, block.ids()[row]);
      case MISTAKE -> -confidence(block, row);
      case LARGEST_ERROR -> -block.squaredError(row);
    };
  }

  /** Returns the place of an example, from 0 to 1, in a random order. */
  static double place(long seed, long id) {
    return SplitMix64.uniform(SplitMix64.mix(seed) + id * SplitMix64.GOLDEN_GAMMA);
  }

  // With several labels, the more a prediction is certain and wrong, the larger is its loss.
  private static double confidence(PredictionBlock block, int row) {
    return block.spec().taskType() == TaskType.MULTI_LABEL
        ? block.loss(row)
        : block.score(row, block.predicted(row));
  }

  /** Returns the value in the column {@code kind}. */
  public String id() {
    return id;
  }
}
