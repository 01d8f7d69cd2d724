package io.meanfield.reinforce;

/**
 * The number of a round.
 *
 * @param epoch from 1
 * @param number in its epoch, from 1
 * @param rounds number of rounds in the epoch
 */
record RoundNumber(int epoch, int number, int rounds) {
  /** Returns the number through all epochs, from 1. */
  int overall() {
    return (epoch - 1) * rounds + number;
  }

  /** Returns the name of the round's Spark job. */
  String display() {
    return "epoch %s, round %s of %s".formatted(epoch, number, rounds);
  }
}
