package io.meanfield.data.encoding;

import java.io.IOException;
import java.io.ObjectOutputStream;
import org.apache.spark.SparkContext;
import org.apache.spark.util.AccumulatorV2;

/**
 * Collects the rows that tasks skip while they write the others. Spark adds those of every task of
 * the stage that writes once, however often it is retried.
 */
public final class SkippedRowsAccumulator extends AccumulatorV2<SkippedRow, SkippedRows> {
  private static final long serialVersionUID = 1L;

  private SkippedRows rows = new SkippedRows();

  private SkippedRowsAccumulator() {}

  /** Returns an accumulator without rows; driver only. */
  public static SkippedRowsAccumulator in(SparkContext spark) {
    SkippedRowsAccumulator accumulator = new SkippedRowsAccumulator();
    spark.register(accumulator);
    return accumulator;
  }

  @Override
  public synchronized boolean isZero() {
    return rows.count() == 0;
  }

  @Override
  public synchronized SkippedRowsAccumulator copy() {
    SkippedRowsAccumulator copy = new SkippedRowsAccumulator();
    copy.rows.plus(rows);
    return copy;
  }

  @Override
  public synchronized void reset() {
    rows = new SkippedRows();
  }

  @Override
  public synchronized void add(SkippedRow row) {
    rows.add(row);
  }

  @Override
  public synchronized void merge(AccumulatorV2<SkippedRow, SkippedRows> other) {
    rows.plus(other.value());
  }

  @Override
  public synchronized SkippedRows value() {
    return rows;
  }

  // Synchronised, because an executor's heartbeat writes the accumulator while a task adds rows.
  private synchronized void writeObject(ObjectOutputStream out) throws IOException {
    out.defaultWriteObject();
  }
}
