package io.meanfield.pipeline.page;

import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Every second point of a chart, every third or so, so that the page stays small.
 *
 * @param step 1 for every point
 */
record Thinned(int step) {
  /** Thins out {@code count} points to about {@code most}. */
  static Thinned to(int most, int count) {
    return new Thinned(Math.max(1, (count + most - 1) / most));
  }

  /** Returns the indices of the points that are shown, with the last one and those to keep. */
  int[] of(int count, IntPredicate kept) {
    return IntStream.range(0, count)
        .filter(i -> i % step == 0 || i == count - 1 || kept.test(i))
        .toArray();
  }

  /** Returns what a caption says about the points, such as ", every 3 epochs". */
  String note(String units) {
    return step == 1 ? "" : ", every " + step + " " + units;
  }
}
