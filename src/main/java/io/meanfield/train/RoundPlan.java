package io.meanfield.train;

import java.util.ArrayList;
import java.util.List;

/**
 * Divides epochs into rounds. The plan is a function of the settings and {@code steps} only, so a
 * resumed run continues the numbering of its rounds.
 *
 * @param steps the largest number of minibatches that a worker has in an epoch, at least 1
 */
public record RoundPlan(AveragingSettings averaging, int steps) {

  /**
   * Returns the rounds of an epoch.
   *
   * @param epoch from 1
   */
  public List<Round> epoch(int epoch) {
    int size = stepsPerRound(epoch);
    int number = roundsBefore(epoch);
    List<Round> rounds = new ArrayList<>();
    for (int first = 0; first < steps; first += size) {
      number++;
      rounds.add(new Round(epoch, number, first, Math.min(first + size, steps)));
    }
    return rounds;
  }

  private int stepsPerRound(int epoch) {
    DenseSyncPhase dense = averaging.denseSync();
    return (epoch <= dense.epochs() ? dense.syncFrequency() : averaging.syncFrequency())
        .cappedAt(steps);
  }

  private int roundsBefore(int epoch) {
    int denseEpochs = Math.min(averaging.denseSync().epochs(), epoch - 1);
    int otherEpochs = epoch - 1 - denseEpochs;
    return denseEpochs * rounds(averaging.denseSync().syncFrequency())
        + otherEpochs * rounds(averaging.syncFrequency());
  }

  private int rounds(AveragingInterval interval) {
    int size = interval.cappedAt(steps);
    return (steps - 1) / size + 1;
  }
}
