package io.meanfield.bench;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The times of two programs that ran in turns.
 *
 * @param ours seconds of Meanfield, one for each turn
 * @param peers seconds of the other program in the same turns
 */
record PairedTimes(List<Double> ours, List<Double> peers) {
  PairedTimes {
    if (ours.isEmpty() || ours.size() != peers.size()) {
      throw new IllegalArgumentException(
          "expected as many times of both programs, at least one, found "
              + ours.size()
              + " and "
              + peers.size());
    }
  }

  double ourMedian() {
    return Median.of(ours);
  }

  double peersMedian() {
    return Median.of(peers);
  }

  /** Returns the median of the turns' ratios; below 1 if Meanfield is faster. */
  double ratio() {
    return Median.of(
        IntStream.range(0, ours.size()).mapToObj(i -> ours.get(i) / peers.get(i)).toList());
  }
}
