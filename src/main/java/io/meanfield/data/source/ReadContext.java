package io.meanfield.data.source;

import io.meanfield.data.Dataset;
import io.meanfield.data.TrainingShare;
import io.meanfield.data.encoding.SkippedRowsAccumulator;
import io.meanfield.data.encoding.TableEncoder;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The context in which a job opens a {@link Source}; driver only.
 *
 * @param classes the number of classes; every label must be below it
 * @param encoder the encoder of a model's training examples, which must encode these examples too;
 *     empty for a new data set
 * @param needsTargets whether a table without its label or target columns is an error; otherwise
 *     its examples are unlabelled
 * @param fitting the examples to which the preprocessing of a new table is fitted; empty to read
 *     numbers as they are
 * @param badRows the treatment of rows that cannot be used
 * @param progress learns how far the reading has advanced
 * @param kept columns whose texts {@link Dataset#kept} returns; only tables have any
 */
public record ReadContext(
    JavaSparkContext spark,
    int classes,
    Optional<TableEncoder> encoder,
    boolean needsTargets,
    Optional<TrainingShare> fitting,
    BadRows badRows,
    ReadProgress progress,
    KeptColumns kept) {

  /** Returns the context of a new data set, with or without targets, that is read as it is. */
  public static ReadContext of(JavaSparkContext spark, int classes) {
    return new ReadContext(
        spark,
        classes,
        Optional.empty(),
        false,
        Optional.empty(),
        BadRows.REFUSE,
        ReadProgress.NONE,
        KeptColumns.NONE);
  }

  /** Returns the same context for labels that must be below another number, too. */
  public ReadContext withMostClasses(int most) {
    return new ReadContext(
        spark, Math.min(classes, most), encoder, needsTargets, fitting, badRows, progress, kept);
  }

  /** Returns the same context with the encoder of a model; empty for a model without one. */
  public ReadContext withEncoder(Optional<TableEncoder> known) {
    return new ReadContext(spark, classes, known, needsTargets, fitting, badRows, progress, kept);
  }

  /** Returns the same context for examples that must have targets. */
  public ReadContext withTargets() {
    return new ReadContext(spark, classes, encoder, true, fitting, badRows, progress, kept);
  }

  /** Returns the same context; without an encoder, one is fitted to these examples. */
  public ReadContext fittedTo(TrainingShare share) {
    return new ReadContext(
        spark, classes, encoder, needsTargets, Optional.of(share), badRows, progress, kept);
  }

  /** Returns the same context with another treatment of rows that cannot be used. */
  public ReadContext withBadRows(BadRows treatment) {
    return new ReadContext(
        spark, classes, encoder, needsTargets, fitting, treatment, progress, kept);
  }

  /** Returns the same context with another progress. */
  public ReadContext withProgress(ReadProgress shown) {
    return new ReadContext(spark, classes, encoder, needsTargets, fitting, badRows, shown, kept);
  }

  /** Returns the same context; the texts of these columns are kept beside the examples. */
  public ReadContext keeping(KeptColumns columns) {
    return new ReadContext(
        spark, classes, encoder, needsTargets, fitting, badRows, progress, columns);
  }

  /** Returns an accumulator for skipped rows; none if rows that cannot be used are an error. */
  public List<SkippedRowsAccumulator> skippedRows() {
    return skipsBadRows() ? List.of(SkippedRowsAccumulator.in(spark.sc())) : List.of();
  }

  /** Returns whether rows that cannot be used are skipped. */
  public boolean skipsBadRows() {
    return badRows == BadRows.SKIP;
  }
}
