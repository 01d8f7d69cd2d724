package io.meanfield.dl4jspark;

/** Rows that nobody has counted yet. */
final class RowsBuilder {
  private static final int FIRST = 64;

  private ExampleRows rows = ExampleRows.NONE;
  private int count;

  void add(ExampleRows source, int row) {
    if (count == 0) {
      rows = ExampleRows.allocate(source.layout(), FIRST);
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
