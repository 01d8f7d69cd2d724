package io.meanfield.network.dl4j;

import io.meanfield.network.Schedule;
import java.util.List;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * Sets the scheduled learning rate in DL4J's updaters before a step.
 *
 * <p>All schedules go this one way, and not through DL4J's ISchedule. Its JSON would have to name
 * the schedule's class, and DL4J has none for cosine (a MapSchedule has an entry a minibatch, in
 * every layer), none for warm-up that its JSON can read, and an exponential one that rounds
 * differently from Keras' formula. So the configuration keeps the base rate, which plain DL4J
 * reads; and since an updater that holds a rate and one whose ISchedule returns that rate compute
 * the same, the bits are those of a DL4J loop that sets the rate before each {@code fit}.
 */
final class LearningRates {
  private record Rated(IUpdater updater, double base) {}

  private final Schedule schedule;
  private final List<Rated> updaters;

  LearningRates(Schedule schedule, List<UpdaterBlock> blocks) {
    this.schedule = schedule;
    this.updaters =
        blocks.stream()
            .map(block -> block.getGradientUpdater().getConfig())
            .filter(IUpdater::hasLearningRate)
            .map(updater -> new Rated(updater, updater.getLearningRate(0, 0)))
            .toList();
  }

  /** Prepares the step that follows {@code iteration} minibatches. */
  void set(int iteration) {
    if (schedule instanceof Schedule.Constant) {
      return; // a model that plain DL4J has written may hold a schedule of its own
    }
    for (Rated rated : updaters) {
      rated.updater.setLrAndSchedule(schedule.rate(rated.base, iteration), null);
    }
  }
}
