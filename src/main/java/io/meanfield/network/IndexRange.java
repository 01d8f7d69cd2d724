package io.meanfield.network;

import java.io.Serializable;

/** Neighbours in a flat vector, from {@code start} to before {@code end}. */
public record IndexRange(int start, int end) implements Serializable {
  public int size() {
    return end - start;
  }

  /** Returns its overlap with {@code size} numbers from {@code first} on, counted from there. */
  public IndexRange within(long first, int size) {
    int from = (int) Math.max(0, Math.min(size, start - first));
    int to = (int) Math.max(from, Math.min(size, end - first));
    return new IndexRange(from, to);
  }
}
