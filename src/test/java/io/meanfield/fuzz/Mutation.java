package io.meanfield.fuzz;

/** A change of the content of a file. */
sealed interface Mutation permits BinaryMutation, TextMutation {
  /**
   * Returns changed content, which may be equal by chance.
   *
   * @param other another valid file of the same format
   */
  byte[] apply(byte[] content, byte[] other, Draws draws);
}
