package io.meanfield.bench;

/**
 * The timing of one epoch of a trainer.
 *
 * @param accuracy on the test digits after the epoch
 */
record EpochTiming(double seconds, double accuracy) {
  /**
   * Reads a timing from the line of a process: seconds and accuracy, with a space between them.
   *
   * @throws IllegalArgumentException if the line has another form
   */
  static EpochTiming of(String line) {
    String[] numbers = line.split(" ", -1);
    if (numbers.length != 2) {
      throw new IllegalArgumentException(
          "expected the seconds and the accuracy of an epoch, found: " + line);
    }
    return new EpochTiming(Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1]));
  }
}
