package io.meanfield.train;

import java.util.ArrayList;
import java.util.List;

/**
 * Divides epochs into rounds. The plan is a function of the settings and {@code steps} only, so a
 * resumed run continues the numbering of its rounds. No round crosses the end of an epoch.
 *
 * @param steps the largest number of minibatches that a worker has in an epoch, at least 1
 * @param learningRates of which the length of a round may depend
 */
public record RoundPlan(AveragingSettings averaging, int steps, LearningRates learningRates) {

  /** The learning rate as a function of the position in the training. */
  @FunctionalInterface
  public interface LearningRates {
    /**
     * Returns the learning rate of a step.
     *
     * @param epoch from 1
     * @param step from 0, in the epoch
     */
    double at(int epoch, int step);
  }

  /** Creates the plan of rounds whose length does not depend on the learning rate. */
  public RoundPlan(AveragingSettings averaging, int steps) {
    this(
        averaging,
        steps,
        (epoch, step) -> {
          throw new IllegalStateException("no learning rates for " + averaging.syncFrequency());
        });
  }

  /**
   * Returns the rounds of an epoch.
   *
   * @param epoch from 1
   */
  public List<Round> epoch(int epoch) {
    int number = roundsBefore(epoch);
    List<Round> rounds = new ArrayList<>();
    for (int first = 0; first < steps; first = end(epoch, first)) {
      number++;
      rounds.add(new Round(epoch, number, first, end(epoch, first)));
    }
    return rounds;
  }

  private int roundsBefore(int epoch) {
    int rounds = 0;
    for (int before = 1; before < epoch; before++) {
      for (int first = 0; first < steps; first = end(before, first)) {
        rounds++;
      }
    }
    return rounds;
  }

  /** Returns the step after a round that begins with step {@code first}. */
  private int end(int epoch, int first) {
    return first
        + frequency(epoch).minibatches(() -> learningRates.at(epoch, first), steps - first);
  }

  private SyncFrequency frequency(int epoch) {
    DenseSyncPhase dense = averaging.denseSync();
    return epoch <= dense.epochs() ? dense.syncFrequency() : averaging.syncFrequency();
  }
}
