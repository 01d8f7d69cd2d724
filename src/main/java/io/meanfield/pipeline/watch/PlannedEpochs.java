package io.meanfield.pipeline.watch;

import io.meanfield.error.UserException;
import io.meanfield.pipeline.JobSettings;
import io.meanfield.settings.SettingsTree;
import io.meanfield.store.Manifest;

/** The number of epochs that a run plans; early stopping may end it before. */
public final class PlannedEpochs {
  private static final String EPOCHS = "settings.train.epochs";

  private PlannedEpochs() {}

  /**
   * Returns the epochs of pre-training and training; 0 if the run trains no model. Settings that
   * this version cannot read are those of another version: then the epochs of pre-training are
   * missing.
   */
  public static int of(Manifest run) {
    return run.json().hasPath(EPOCHS)
        ? run.section("settings").map(settings -> complete(run)).orElse(0)
        : 0;
  }

  private static int complete(Manifest run) {
    try {
      return JobSettings.read(SettingsTree.overDefaults(run.section("settings").orElseThrow()))
          .epochs();
    } catch (UserException unreadable) {
      return run.integer(EPOCHS);
    }
  }
}
