package io.meanfield.pipeline.train;

import com.google.errorprone.annotations.FormatMethod;
import io.meanfield.data.Dataset;
import io.meanfield.data.Segments;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.Manifest;
import java.util.Optional;

/**
 * The data set that a model was trained on.
 *
 * @param fingerprint of all its examples
 * @param test the number of its examples that were set aside for tests
 * @param dividedBy the setting of the column that divided its examples; empty for a random split
 */
record SeenExamples(String fingerprint, long test, Optional<String> dividedBy) {

  /** Returns the training data of a run; empty if the run trained no model. */
  static Optional<SeenExamples> of(Manifest run) {
    return run.string("data.train.fingerprint")
        .map(
            fingerprint ->
                new SeenExamples(
                    fingerprint, test(run), run.string("data.train." + Prepared.DIVIDED_BY)));
  }

  private static long test(Manifest run) {
    String key = "data.train." + Prepared.TEST;
    return run.json().hasPath(key) ? run.json().getLong(key) : 0;
  }

  /**
   * Throws if the model was trained on the examples to evaluate.
   *
   * @param model the name of the model
   * @param found the fingerprint of the examples
   */
  void requireNone(String model, Dataset data, String found) {
    if (data.whole() != data) {
      requireSetAside(model, data);
    } else if (fingerprint.equals(found)) {
      throw overlap(
          "data.test holds the examples that %s was trained on (%s); a model is evaluated"
              + " on examples that it has not seen",
          model, fingerprint);
    }
  }

  // The examples that a smaller fraction sets aside are among those of a larger one.
  private void requireSetAside(String model, Dataset share) {
    Optional<String> found = share.whole().segments().map(Segments::setting);
    if (!dividedBy.equals(found)) {
      throw overlap(
          "data.test-fraction sets aside examples that %s may have seen: it was trained with"
              + " examples %s, but these are %s; set data.columns.time and data.columns.group as in"
              + " that training, or set data.test or --data",
          model, divided(dividedBy), divided(found));
    }
    String whole = share.whole().fingerprint();
    if (!fingerprint.equals(whole)) {
      throw overlap(
          "data.train holds other examples (%s) than when %s was trained (%s), so"
              + " data.test-fraction may set aside examples that the model has seen; restore the"
              + " data, or set data.test or --data",
          whole, model, fingerprint);
    }
    if (share.count() > test) {
      throw overlap(
          "data.test-fraction sets %s examples aside, but the training of %s set aside %s;"
              + " set data.test-fraction as in that training, or set data.test or --data",
          share.count(), model, test);
    }
  }

  private static String divided(Optional<String> setting) {
    return setting.map(by -> "divided by " + by).orElse("divided at random");
  }

  @FormatMethod
  private static UserException overlap(String format, Object... arguments) {
    return UserException.of(ErrorCode.TRAIN_TEST_OVERLAP, format, arguments);
  }
}
