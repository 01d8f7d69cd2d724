package io.meanfield.network;

import java.io.Serializable;

/** A range of a flat vector, from {@code start} (inclusive) to {@code end} (exclusive). */
public record IndexRange(int start, int end) implements Serializable {
  public int size() {
    return end - start;
  }

  /**
   * Returns the overlap with the {@code size} numbers from {@code first} on, relative to {@code
   * first}; an empty range if there is no overlap.
   */
  public IndexRange within(long first, int size) {
    int from = (int) Math.max(0, Math.min(size, start - first));
    int to = (int) Math.max(from, Math.min(size, end - first));
    return new IndexRange(from, to);
  }
}
