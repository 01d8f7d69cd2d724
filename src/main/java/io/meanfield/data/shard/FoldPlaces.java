package io.meanfield.data.shard;

import java.util.stream.IntStream;

/**
 * The places of the rows of a fold in a chunk, which follow each other.
 *
 * @param begin the first place
 * @param end the place after the last one
 */
record FoldPlaces(int begin, int end) {
  /** The places of no rows. */
  static final FoldPlaces NONE = new FoldPlaces(0, 0);

  int count() {
    return end - begin;
  }

  /** Returns the places in ascending order. */
  IntStream all() {
    return IntStream.range(begin, end);
  }

  /** Returns the places of the rows of the other folds in a chunk, in ascending order. */
  IntStream others(int rows) {
    return IntStream.range(0, rows - count()).map(this::placeOfOther);
  }

  /** Returns the place of the row with an index, from 0, among the rows of the other folds. */
  int placeOfOther(int index) {
    return index < begin ? index : index + count();
  }
}
