package io.meanfield.network.layers;

import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The numbers that a layer takes from an example if it is the first layer.
 *
 * @param categories if positive, the numbers are indices from 0 to {@code categories - 1}; 0 allows
 *     any number
 */
public record AcceptedInputs(int categories) {
  /** Any numbers. */
  public static final AcceptedInputs ANY = new AcceptedInputs(0);

  /** Returns whether all numbers are accepted. */
  public boolean areAny() {
    return categories == 0;
  }

  /** Returns the index of the first number that is not accepted; empty if all are accepted. */
  public OptionalInt firstRefused(float[] numbers) {
    return IntStream.range(0, numbers.length).filter(i -> !accepts(numbers[i])).findFirst();
  }

  private boolean accepts(float number) {
    return areAny() || (number >= 0 && number < categories && number == (int) number);
  }

  /** Describes the accepted numbers for error messages. */
  public String requirement() {
    return areAny() ? "any number" : "a whole number from 0 to " + (categories - 1);
  }
}
