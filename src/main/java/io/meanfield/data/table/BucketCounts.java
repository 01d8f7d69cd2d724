package io.meanfield.data.table;

/**
 * The count of each bucket of numbers with the same sign, exponent and first {@value
 * #MANTISSA_BITS} bits of the mantissa. A number counts as the middle of its bucket, from which it
 * differs by at most one part in 8192; 0 has a bucket of its own.
 */
final class BucketCounts implements Counts {
  static final int MANTISSA_BITS = 12;
  private static final int DROPPED_BITS = 52 - MANTISSA_BITS;
  private static final int PAGE = 1 << MANTISSA_BITS;

  // By sign and exponent, the first bits of a double; a page for each of them that occurs.
  private final long[][] pages = new long[1 << (Long.SIZE - 52)][];
  private long zeros;

  @Override
  public void add(double value, long times) {
    if (value == 0) {
      zeros += times;
      return;
    }
    long bucket = Double.doubleToRawLongBits(value) >>> DROPPED_BITS;
    int page = (int) (bucket >>> MANTISSA_BITS);
    if (pages[page] == null) {
      pages[page] = new long[PAGE];
    }
    pages[page][(int) bucket & (PAGE - 1)] += times;
  }

  @Override
  public long count(double value) {
    if (value == 0) {
      return zeros;
    }
    long bucket = Double.doubleToRawLongBits(value) >>> DROPPED_BITS;
    long[] page = pages[(int) (bucket >>> MANTISSA_BITS)];
    return page == null ? 0 : page[(int) bucket & (PAGE - 1)];
  }

  @Override
  public void forEach(Visitor visitor) {
    if (zeros > 0) {
      visitor.visit(0, zeros);
    }
    for (int page = 0; page < pages.length; page++) {
      if (pages[page] != null) {
        visit(page, visitor);
      }
    }
  }

  private void visit(long page, Visitor visitor) {
    long[] counts = pages[(int) page];
    for (int i = 0; i < PAGE; i++) {
      if (counts[i] != 0) {
        long first = (page << MANTISSA_BITS | i) << DROPPED_BITS;
        visitor.visit(Double.longBitsToDouble(first | 1L << (DROPPED_BITS - 1)), counts[i]);
      }
    }
  }
}
