package io.meanfield.data.table;

/** The count of each number, in a hash table with open addressing. */
final class DistinctCounts implements Counts {
  private static final int FIRST_CAPACITY = 16;
  // The golden ratio: Knuth, "The Art of Computer Programming", volume 3, section 6.4.
  private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;

  private double[] values = new double[FIRST_CAPACITY];
  private long[] counts = new long[FIRST_CAPACITY]; // 0 at free places
  private int size;

  /** The number of different numbers. */
  int size() {
    return size;
  }

  @Override
  public void add(double value, long times) {
    int place = place(value);
    if (counts[place] == 0) {
      values[place] = value;
      size++;
    }
    counts[place] += times;
    if (2 * size > values.length) {
      grow();
    }
  }

  @Override
  public long count(double value) {
    return counts[place(value)];
  }

  /** Returns the place of a number, or the free place where it belongs. */
  private int place(double value) {
    int mask = values.length - 1;
    // The first bits of the product depend on all bits of the value, the last ones do not.
    long product = Double.doubleToRawLongBits(value) * MULTIPLIER;
    int place = (int) (product >>> (Long.SIZE - Integer.bitCount(mask)));
    while (counts[place] != 0 && values[place] != value) {
      place = (place + 1) & mask;
    }
    return place;
  }

  private void grow() {
    double[] oldValues = values;
    long[] oldCounts = counts;
    values = new double[2 * oldValues.length];
    counts = new long[values.length];
    for (int old = 0; old < oldValues.length; old++) {
      if (oldCounts[old] != 0) {
        int place = place(oldValues[old]);
        values[place] = oldValues[old];
        counts[place] = oldCounts[old];
      }
    }
  }

  @Override
  public void forEach(Visitor visitor) {
    for (int place = 0; place < values.length; place++) {
      if (counts[place] != 0) {
        visitor.visit(values[place], counts[place]);
      }
    }
  }
}
