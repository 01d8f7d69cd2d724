package io.meanfield.train;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts epochs into rounds. A function of the settings alone, so that a resumed run counts on where
 * it was.
 *
 * @param steps the largest number of minibatches that a worker has in an epoch, at least 1
 */
public record RoundPlan(AveragingSettings averaging, int steps) {

  /** The rounds of an epoch, from 1. */
  public List<Round> epoch(int epoch) {
    int each = stepsOfRound(epoch);
    int number = roundsBefore(epoch);
    List<Round> rounds = new ArrayList<>();
    for (int first = 0; first < steps; first += each) {
      number++;
      rounds.add(new Round(epoch, number, first, Math.min(first + each, steps)));
    }
    return rounds;
  }

  private int stepsOfRound(int epoch) {
    DenseSyncPhase warm = averaging.denseSync();
    return (epoch <= warm.epochs() ? warm.syncFrequency() : averaging.syncFrequency())
        .cappedAt(steps);
  }

  private int roundsBefore(int epoch) {
    int warmEpochs = Math.min(averaging.denseSync().epochs(), epoch - 1);
    int otherEpochs = epoch - 1 - warmEpochs;
    return warmEpochs * rounds(averaging.denseSync().syncFrequency())
        + otherEpochs * rounds(averaging.syncFrequency());
  }

  private int rounds(AveragingInterval frequency) {
    int each = frequency.cappedAt(steps);
    return (steps - 1) / each + 1;
  }
}
