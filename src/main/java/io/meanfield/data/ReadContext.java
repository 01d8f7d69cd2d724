package io.meanfield.data;

import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * What a {@link Source} needs to know about the job that opens it; driver only.
 *
 * @param classes labels must be below it
 * @param encoder that turned the training examples of a model into numbers and must do the same
 *     with these; empty for a new data set
 * @param needsTargets whether columns of labels or targets that a table does not have are an error;
 *     otherwise its examples are unlabelled
 */
public record ReadContext(
    JavaSparkContext spark, int classes, Optional<TableEncoder> encoder, boolean needsTargets) {

  /** For a new data set, with or without targets. */
  public static ReadContext of(JavaSparkContext spark, int classes) {
    return new ReadContext(spark, classes, Optional.empty(), false);
  }

  /** The same for examples that must become numbers in a known way, if there is one. */
  public ReadContext withEncoder(Optional<TableEncoder> known) {
    return new ReadContext(spark, classes, known, needsTargets);
  }

  /** The same for examples that must have targets. */
  public ReadContext withTargets() {
    return new ReadContext(spark, classes, encoder, true);
  }
}
