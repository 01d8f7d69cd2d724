package io.meanfield.train;

import java.util.ArrayList;
import java.util.List;

/**
 * Divides epochs into rounds. The plan is a function of the settings and {@code steps} only, so a
 * resumed run continues the numbering of its rounds. No round crosses the end of an epoch. Driver
 * only, for one thread.
 */
public final class RoundPlan {
  private final int steps;
  private final RoundLength usual;
  // The number of rounds before each epoch, from epoch 1 on, as far as it was asked for.
  private final List<Integer> roundsBefore = new ArrayList<>(List.of(0));

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

  /** The number of minibatches of a round, at most {@code most}, that begins with a step. */
  @FunctionalInterface
  private interface RoundLength {
    int of(int epoch, int first, int most);
  }

  /**
   * Creates a plan.
   *
   * @param steps the largest number of minibatches that a worker has in an epoch, at least 1
   * @param learningRates of which the length of a round may depend
   */
  public RoundPlan(AveragingSettings averaging, int steps, LearningRates learningRates) {
    this(
        steps,
        (epoch, first, most) ->
            averaging.syncInterval().minibatches(() -> learningRates.at(epoch, first), most));
  }

  /**
   * Creates the plan of rounds whose length does not depend on the learning rate.
   *
   * @param steps the largest number of minibatches that a worker has in an epoch, at least 1
   */
  public RoundPlan(AveragingInterval syncInterval, int steps) {
    this(steps, (epoch, first, most) -> syncInterval.cappedAt(most));
  }

  private RoundPlan(int steps, RoundLength usual) {
    this.steps = steps;
    this.usual = usual;
  }

  /**
   * Returns the rounds of an epoch.
   *
   * @param epoch from 1
   */
  public List<Round> epoch(int epoch) {
    int number = roundsBefore(epoch);
    List<Round> rounds = new ArrayList<>();
    for (int first = 0; first < steps; ) {
      int end = end(epoch, first);
      number++;
      rounds.add(new Round(epoch, number, first, end));
      first = end;
    }
    return rounds;
  }

  private int roundsBefore(int epoch) {
    while (roundsBefore.size() < epoch) {
      int last = roundsBefore.size();
      roundsBefore.add(roundsBefore.get(last - 1) + count(last));
    }
    return roundsBefore.get(epoch - 1);
  }

  private int count(int epoch) {
    int rounds = 0;
    for (int first = 0; first < steps; first = end(epoch, first)) {
      rounds++;
    }
    return rounds;
  }

  /** Returns the step after a round that begins with step {@code first}. */
  private int end(int epoch, int first) {
    return first + usual.of(epoch, first, steps - first);
  }
}
