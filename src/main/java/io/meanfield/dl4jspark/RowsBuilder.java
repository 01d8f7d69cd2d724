package io.meanfield.dl4jspark;

/** Collects rows whose number is not known in advance. */
final class RowsBuilder {
  private static final int INITIAL_CAPACITY = 64;

  private ExampleRows rows = ExampleRows.NONE;
  private int count;

  void add(ExampleRows source, int row) {
    if (count == 0) {
      rows = ExampleRows.allocate(source.layout(), INITIAL_CAPACITY);
    }
    rows.layout().requireSame(source.layout());
    if (count == rows.count()) {
      rows = resized(2L * count);
    }
    source.copyTo(rows, row, count++, 1);
  }

  boolean isEmpty() {
    return count == 0;
  }

  ExampleRows rows() {
    return resized(count);
  }

  private ExampleRows resized(long size) {
    ExampleRows resized = ExampleRows.allocate(rows.layout(), size);
    rows.copyTo(resized, 0, 0, count);
    return resized;
  }
}
