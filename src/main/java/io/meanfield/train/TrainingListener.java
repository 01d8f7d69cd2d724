package io.meanfield.train;

import io.meanfield.engine.Engines;
import java.util.List;

/** Looks on while a model is trained, and may end it; on the driver, between jobs. */
public interface TrainingListener {
  /** Before anything else: what will compute, and why. */
  default void engineChosen(Engines.Selection engine) {}

  /**
   * Called before the first round of an epoch.
   *
   * @param epoch from 1
   * @param rounds how many rounds the epoch has
   */
  default void epochBegan(int epoch, int rounds) {}

  /** After a round's mean has been taken; a row for every worker. */
  default void roundEnded(List<RoundRow> workers) {}

  /** After something that took time: a round, a validation. */
  default void timeSpent(TimeBreakdown time) {}

  /**
   * After an epoch has been counted and validated.
   *
   * @param state that the next epoch starts from
   */
  default void epochEnded(EpochResult epoch, TrainingState state) {}

  /**
   * Whether training should go on; asked before every epoch, of a run that goes on too. A single no
   * ends it.
   */
  default boolean wantsAnotherEpoch() {
    return true;
  }
}
