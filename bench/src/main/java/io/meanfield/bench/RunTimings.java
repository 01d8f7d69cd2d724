package io.meanfield.bench;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** The timings of all epochs of a trainer with one seed. */
record RunTimings(List<EpochTiming> epochs) {
  private static final int LAST_EPOCHS = 5;

  /**
   * Returns the number of epochs to reach {@code accuracy} for the first time; empty if no epoch
   * reached it.
   */
  OptionalInt epochsTo(double accuracy) {
    return IntStream.rangeClosed(1, epochs.size())
        .filter(epoch -> epochs.get(epoch - 1).accuracy() >= accuracy)
        .findFirst();
  }

  /** Returns the seconds of the first {@code count} epochs. */
  double seconds(int count) {
    return epochs.stream().limit(count).mapToDouble(EpochTiming::seconds).sum();
  }

  /**
   * Returns the median seconds of the second half of the epochs, when Java has compiled the code.
   */
  double laterSeconds() {
    return Median.of(epochs.stream().skip(epochs.size() / 2).map(EpochTiming::seconds).toList());
  }

  /** Returns the accuracy after the last epoch. */
  double lastAccuracy() {
    return epochs.get(epochs.size() - 1).accuracy();
  }

  /** Returns the mean accuracy of the last five epochs. */
  double finalAccuracy() {
    return epochs.stream()
        .skip(Math.max(0, epochs.size() - LAST_EPOCHS))
        .mapToDouble(EpochTiming::accuracy)
        .average()
        .orElseThrow();
  }
}
