package io.meanfield.train;

import java.util.ArrayList;
import java.util.List;

/**
 * Divides epochs into rounds. The plan is a function of the settings and {@code steps} only, so a
 * resumed run continues the numbering of its rounds. No round crosses the end of an epoch.
 *
 * @param syncFrequency minibatches of a round, or {@link AveragingSettings#EPOCH}
 * @param steps the largest number of minibatches that a worker has in an epoch, at least 1
 */
public record RoundPlan(int syncFrequency, int steps) {

  /**
   * Returns the rounds of an epoch.
   *
   * @param epoch from 1
   */
  public List<Round> epoch(int epoch) {
    int size = Math.min(syncFrequency, steps);
    int number = (epoch - 1) * ((steps - 1) / size + 1);
    List<Round> rounds = new ArrayList<>();
    for (int first = 0; first < steps; first += size) {
      number++;
      rounds.add(new Round(epoch, number, first, Math.min(first + size, steps)));
    }
    return rounds;
  }
}
