package io.meanfield.train;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What lies between two averages of all groups: every worker's minibatches {@code firstStep} to
 * {@code endStep} (exclusive) of an epoch.
 *
 * @param epoch from 1
 * @param number from 1, through all epochs
 */
public record Round(int epoch, int number, int firstStep, int endStep) implements Serializable {

  /**
   * The rounds of one epoch; {@code steps} is the largest number of minibatches that a worker has.
   */
  public static List<Round> of(int epoch, int steps, int syncFrequency) {
    int perEpoch = (steps + syncFrequency - 1) / syncFrequency;
    List<Round> rounds = new ArrayList<>();
    for (int i = 0; i < perEpoch; i++) {
      int first = i * syncFrequency;
      rounds.add(
          new Round(
              epoch,
              (epoch - 1) * perEpoch + i + 1,
              first,
              Math.min(first + syncFrequency, steps)));
    }
    return rounds;
  }

  /** The parts of this round between two averages inside a group. */
  List<Round> parts(int averagingFrequency) {
    List<Round> parts = new ArrayList<>();
    for (int first = firstStep; first < endStep; first += averagingFrequency) {
      parts.add(new Round(epoch, number, first, Math.min(first + averagingFrequency, endStep)));
    }
    return parts;
  }
}
