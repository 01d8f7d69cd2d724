package io.meanfield.fuzz;

/** What became of a mutated file. */
sealed interface Outcome {
  /** The file was read and its content is valid. */
  record Accepted() implements Outcome {}

  /** The file was refused with a message that the user understands. */
  record Refused(String message) implements Outcome {}

  /**
   * The file was treated in a way that is an error of Meanfield.
   *
   * @param kind the same text for cases with the same cause
   * @param detail what was found in this case
   */
  record Violation(String kind, String detail) implements Outcome {
    @Override
    public String toString() {
      return detail.isEmpty() ? kind : kind + ": " + detail;
    }
  }
}
