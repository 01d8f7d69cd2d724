package io.meanfield.data.table;

/**
 * The count of each bucket of numbers with the same sign, exponent and first {@value
 * #MANTISSA_BITS} bits of the mantissa. A number counts as the middle of its bucket, from which it
 * differs by at most one part in 8192; 0 has a bucket of its own.
 */
final class BucketCounts implements Counts {
  static final int MANTISSA_BITS = 12;
  private static final int DROPPED_BITS = 52 - MANTISSA_BITS;
  private static final int PAGE_BITS = 6;
  private static final int PAGE = 1 << PAGE_BITS;
  private static final int PAGES = 1 << (MANTISSA_BITS - PAGE_BITS);

  // By sign and exponent, the first bits of a double, and by page; only pages that are in use.
  private final long[][][] exponents = new long[1 << (Long.SIZE - 52)][][];
  private long zeros;

  @Override
  public void add(double value, long times) {
    if (value == 0) {
      zeros += times;
      return;
    }
    long bucket = bucket(value);
    page(bucket)[(int) bucket & (PAGE - 1)] += times;
  }

  private static long bucket(double value) {
    return Double.doubleToRawLongBits(value) >>> DROPPED_BITS;
  }

  private static int exponent(long bucket) {
    return (int) (bucket >>> MANTISSA_BITS);
  }

  private static int pageOf(long bucket) {
    return (int) (bucket >>> PAGE_BITS) & (PAGES - 1);
  }

  private long[] page(long bucket) {
    long[][] pages = exponents[exponent(bucket)];
    if (pages == null) {
      pages = new long[PAGES][];
      exponents[exponent(bucket)] = pages;
    }
    long[] page = pages[pageOf(bucket)];
    if (page == null) {
      page = new long[PAGE];
      pages[pageOf(bucket)] = page;
    }
    return page;
  }

  @Override
  public long count(double value) {
    if (value == 0) {
      return zeros;
    }
    long bucket = bucket(value);
    long[][] pages = exponents[exponent(bucket)];
    long[] page = pages == null ? null : pages[pageOf(bucket)];
    return page == null ? 0 : page[(int) bucket & (PAGE - 1)];
  }

  @Override
  public void forEach(Visitor visitor) {
    if (zeros > 0) {
      visitor.visit(0, zeros);
    }
    for (int exponent = 0; exponent < exponents.length; exponent++) {
      for (int page = 0; exponents[exponent] != null && page < PAGES; page++) {
        if (exponents[exponent][page] != null) {
          visit((long) exponent << MANTISSA_BITS | (long) page << PAGE_BITS, visitor);
        }
      }
    }
  }

  /** Visits the buckets of a page, of which {@code first} is the first. */
  private void visit(long first, Visitor visitor) {
    long[] page = page(first);
    for (int i = 0; i < PAGE; i++) {
      if (page[i] != 0) {
        long bits = (first | i) << DROPPED_BITS | 1L << (DROPPED_BITS - 1);
        visitor.visit(Double.longBitsToDouble(bits), page[i]);
      }
    }
  }
}
