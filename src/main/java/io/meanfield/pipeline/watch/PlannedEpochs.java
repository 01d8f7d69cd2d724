package io.meanfield.pipeline.watch;

import io.meanfield.pipeline.housekeeping.RunCommand;
import io.meanfield.store.Manifest;

/** The number of epochs that a run plans; early stopping may end it before. */
public final class PlannedEpochs {
  private static final String EPOCHS = "settings.train.epochs";
  private static final String STEPS = "settings.reinforce.steps";
  private static final String FREQUENCY = "settings.reinforce.evaluation.frequency";

  private PlannedEpochs() {}

  /**
   * Returns the epochs of training, or those of a run of {@code play}; 0 if the run trains no
   * model.
   */
  public static int of(Manifest run) {
    if (RunCommand.plays(run)) {
      return ofPlay(run);
    }
    return run.json().hasPath(EPOCHS) ? run.integer(EPOCHS) : 0;
  }

  // Not all settings, of which this version may not know one.
  private static int ofPlay(Manifest run) {
    return run.json().hasPath(STEPS) && run.json().hasPath(FREQUENCY)
        ? run.integer(STEPS) / Math.max(1, run.integer(FREQUENCY))
        : 0;
  }
}
