package io.meanfield.train.history;

import io.meanfield.data.source.ReadProgress;
import io.meanfield.engine.Engines;
import java.util.List;
import java.util.Optional;

/** Observes training and may end it. Called on the driver, between Spark jobs. */
public interface TrainingListener extends ReadProgress {
  /**
   * Called before training, with what follows from the data.
   *
   * @param epochs the number of epochs, with those of pre-training
   * @param lines for a person, each with a word for its subject in front
   */
  default void planned(int epochs, List<String> lines) {}

  /**
   * Called before examples are put into the shards of the workers.
   *
   * @param examples the number of all of them
   */
  default void shardsBegan(long examples, int workers) {}

  /** Called first, with the selected engine and the reason for its selection. */
  default void engineChosen(Engines.Selection engine) {}

  /**
   * Called before training continues after an epoch of an earlier attempt.
   *
   * @param epoch the last epoch that is trained already
   */
  default void resumed(int epoch) {}

  /**
   * Called before the first round of an epoch.
   *
   * @param epoch from 1
   * @param rounds number of rounds in the epoch
   */
  default void epochBegan(int epoch, int rounds) {}

  /**
   * Called after the training of a fit.
   *
   * @param note a sentence about a problem
   */
  default void noted(String note) {}

  /** Called after the average of a round, with a row for every worker. */
  default void roundEnded(List<RoundRow> workers) {}

  /** Called after a round or a validation, with the time that it took. */
  default void timeSpent(TimeBreakdown time) {}

  /**
   * Called at the end of an epoch, after validation.
   *
   * @param state state from which the next epoch starts; empty if epochs share a Spark job and this
   *     one is neither the last of the job nor better than those before it
   */
  default void epochEnded(EpochResult epoch, Optional<TrainingState> state) {}

  /**
   * Returns whether training should continue. Called before every epoch, including the first one of
   * a resumed run. Training ends if any listener returns false.
   */
  default boolean wantsAnotherEpoch() {
    return true;
  }
}
