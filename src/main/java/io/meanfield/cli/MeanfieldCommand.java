package io.meanfield.cli;

import java.util.concurrent.Callable;

/** A command; what is asked of it when it has failed. */
interface MeanfieldCommand extends Callable<Integer> {
  SettingsOptions options();

  /** Whether a signal has ended it, which is told already. */
  default boolean interrupted() {
    return false;
  }
}
