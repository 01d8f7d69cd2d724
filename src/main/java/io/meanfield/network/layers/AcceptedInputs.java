package io.meanfield.network.layers;

import java.util.List;
import java.util.OptionalInt;

/** The numbers that a layer takes from an example if it is the first layer. */
public sealed interface AcceptedInputs {
  /** Any numbers. */
  record Any() implements AcceptedInputs {
    @Override
    public boolean areAny() {
      return true;
    }

    @Override
    public int firstIndex(int inputs) {
      return inputs;
    }

    @Override
    public int categories(int input, int inputs) {
      return 0;
    }

    @Override
    public String requirement() {
      return "its inputs may be any numbers";
    }
  }

  /** Every number is an index from 0 to {@code categories - 1}. */
  record Indices(int categories) implements AcceptedInputs {
    @Override
    public int firstIndex(int inputs) {
      return 0;
    }

    @Override
    public int categories(int input, int inputs) {
      return categories;
    }

    @Override
    public String requirement() {
      return "each of its inputs must be " + index(categories);
    }
  }

  /**
   * The last numbers are indices, each below its number of categories; those of 0 categories, and
   * all numbers before them, are any.
   */
  record LastIndices(List<Integer> categories) implements AcceptedInputs {
    @Override
    public int firstIndex(int inputs) {
      return inputs - categories.size();
    }

    @Override
    public int categories(int input, int inputs) {
      int column = input - firstIndex(inputs);
      return column < 0 ? 0 : categories.get(column);
    }

    @Override
    public String requirement() {
      return categories.size() == 1
          ? "its last input must be a category index"
          : "its last %d inputs must be category indices%s"
              .formatted(categories.size(), categories.contains(0) ? " and weights" : "");
    }
  }

  /** Returns whether all numbers are accepted. */
  default boolean areAny() {
    return false;
  }

  /** Returns the first of {@code inputs} inputs that must be an index. */
  int firstIndex(int inputs);

  /**
   * Returns the number of categories of an input that must be an index; 0 if any number is
   * accepted.
   *
   * @param inputs the number of inputs
   */
  int categories(int input, int inputs);

  /** Describes the required inputs for error messages, as a clause. */
  String requirement();

  /**
   * Returns the first input of an example that is not accepted; empty if all are accepted.
   *
   * @param numbers has the {@code inputs} inputs of the example from {@code offset} on
   */
  default OptionalInt firstRefused(float[] numbers, int offset, int inputs) {
    for (int input = firstIndex(inputs); input < inputs; input++) {
      float number = numbers[offset + input];
      int categories = categories(input, inputs);
      if (categories > 0 && !(number >= 0 && number < categories && number == (int) number)) {
        return OptionalInt.of(input);
      }
    }
    return OptionalInt.empty();
  }

  /** Describes an index for error messages. */
  static String index(int categories) {
    return "a whole number from 0 to " + (categories - 1);
  }
}
