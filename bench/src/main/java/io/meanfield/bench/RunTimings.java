package io.meanfield.bench;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** What a contender did with one seed, epoch by epoch. */
record RunTimings(List<EpochTiming> laps) {
  private static final int LAST = 5;

  /** After how many epochs it had {@code accuracy} for the first time, if it ever had. */
  OptionalInt epochsTo(double accuracy) {
    return IntStream.rangeClosed(1, laps.size())
        .filter(epoch -> laps.get(epoch - 1).accuracy() >= accuracy)
        .findFirst();
  }

  /** Of the first {@code epochs}. */
  double seconds(int epochs) {
    return laps.stream().limit(epochs).mapToDouble(EpochTiming::seconds).sum();
  }

  /** The mean of the last five epochs. */
  double finalAccuracy() {
    return laps.stream()
        .skip(Math.max(0, laps.size() - LAST))
        .mapToDouble(EpochTiming::accuracy)
        .average()
        .orElseThrow();
  }
}
