package io.meanfield.dl4jspark;

/** Rows that nobody has counted yet. */
final class GrowingRows {
  private static final int FIRST = 64;

  private Rows rows = Rows.NONE;
  private int count;

  void add(Rows source, int row) {
    if (count == 0) {
      rows = Rows.allocate(source.layout(), FIRST);
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

  Rows rows() {
    return resized(count);
  }

  private Rows resized(long size) {
    Rows resized = Rows.allocate(rows.layout(), size);
    rows.copyTo(resized, 0, 0, count);
    return resized;
  }
}
