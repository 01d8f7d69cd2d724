package io.meanfield.data;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The segments of a data set whose ids are in the order of a column: rows of one time, or of one
 * group, are in one segment. A data set is divided between two segments.
 *
 * @param setting that names the column
 * @param ends the number of examples up to the end of each segment; the last one is that of all
 */
public record Segments(String setting, List<Long> ends) {
  // A member of an ensemble learns from two thirds of the examples at least.
  private static final int LEAST_FOLDS = 3;

  /** Returns the number of all examples. */
  private long examples() {
    return ends.get(ends.size() - 1);
  }

  /**
   * Returns the split that gives the last examples to tests and those before them to validation, as
   * near to the fractions as the segments allow. The test examples depend on their fraction alone.
   * With folds there are no other validation examples.
   *
   * @param display the location of the data, for messages
   * @throws UserException if there are fewer segments than parts
   */
  Split split(TrainingShare share, int workers, String display) {
    boolean hasTest = share.testFraction() > 0;
    int others = hasTest ? cut(ends.size(), share.testFraction()) : ends.size();
    int folds = folds(share, others, display);
    boolean hasValidation = share.validationFraction() > 0 && folds == 1;
    int parts = 1 + (hasTest ? 1 : 0) + (hasValidation ? 1 : 0);
    if (ends.size() < parts || others < parts - (hasTest ? 1 : 0)) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "%s divides the %s examples of %s into %s parts, but its values allow only %s; set"
              + " data.validation-fraction or data.test-fraction to 0 or a smaller fraction, or"
              + " divide by another column",
          setting,
          examples(),
          display,
          parts,
          ends.size() < parts ? ends.size() : parts - 1);
    }
    int training = hasValidation ? cut(others, share.validationFraction()) : others;
    long first = ends.get(training - 1);
    long second = ends.get(others - 1);
    return Split.inOrder(
        examples(), second - first, examples() - second, workers, share.seed(), folds);
  }

  /**
   * Returns the number of folds of the first segments. If it is automatic, the largest segment is
   * not much larger than a fold.
   */
  private int folds(TrainingShare share, int segments, String display) {
    long examples = ends.get(segments - 1);
    int wanted = share.folds(examples);
    if (wanted == 1) {
      return 1;
    }
    if (share.folds() == TrainingShare.BY_EXAMPLES) {
      long largest =
          IntStream.range(0, segments)
              .mapToLong(segment -> ends.get(segment) - (segment == 0 ? 0 : ends.get(segment - 1)))
              .max()
              .orElseThrow();
      int most = (int) Math.min(wanted, examples / largest);
      return most < LEAST_FOLDS ? 1 : most;
    }
    if (wanted > segments) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "train.folds is %s, but the values of %s divide the %s training examples of %s into at"
              + " most %s folds; set train.folds = auto or a smaller number",
          wanted,
          setting,
          examples,
          display,
          segments);
    }
    return wanted;
  }

  /** Returns the number of the first example of each segment of the first examples. */
  public long[] starts(long examples) {
    return LongStream.concat(
            LongStream.of(0),
            ends.stream().mapToLong(Long::longValue).filter(end -> end < examples))
        .toArray();
  }

  /**
   * Returns how many of the first segments stay if a fraction of all examples is taken from their
   * end: at least one stays, and at least one is taken.
   */
  private int cut(int segments, double fraction) {
    double wanted = ends.get(segments - 1) - examples() * fraction;
    int best = 1;
    for (int stay : IntStream.range(1, segments).toArray()) {
      if (Math.abs(ends.get(stay - 1) - wanted) <= Math.abs(ends.get(best - 1) - wanted)) {
        best = stay;
      }
    }
    return best;
  }
}
