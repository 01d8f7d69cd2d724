package io.meanfield.train;

import io.meanfield.settings.Section;
import java.io.Serializable;
import java.util.OptionalDouble;
import java.util.function.DoubleSupplier;

/** The number of minibatches between two averages of all groups, fixed or by a rule. */
public sealed interface SyncFrequency extends Serializable
    permits AveragingInterval, QuadraticSynchronization {

  /**
   * Returns the number of minibatches of a worker in a round, at least 1 and at most {@code most}.
   *
   * @param learningRate learning rate of the round's first step
   * @param most minibatches after which an average is taken in any case, at least 1
   */
  int minibatches(DoubleSupplier learningRate, int most);

  /** Reads a number of minibatches, {@code epoch}, or an object with {@code qsr}. */
  static SyncFrequency read(Section section, String key) {
    if (section.isSection(key)) {
      return QuadraticSynchronization.read(section.section(key));
    }
    OptionalDouble minibatches =
        section.numberOr(
            "epoch",
            key,
            count -> count >= 1 && count == Math.rint(count) && count <= Integer.MAX_VALUE,
            "a whole number of at least 1, or epoch, or an object with qsr");
    return minibatches.isPresent()
        ? new AveragingInterval.EveryNBatches((int) minibatches.getAsDouble())
        : new AveragingInterval.EveryEpoch();
  }
}
