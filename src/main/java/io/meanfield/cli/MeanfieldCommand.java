package io.meanfield.cli;

import java.util.concurrent.Callable;

/** A command, with what the main class needs when the command has failed. */
interface MeanfieldCommand extends Callable<Integer> {
  SettingsOptions options();

  /** Whether a signal has ended the command, and its final message is printed already. */
  default boolean interrupted() {
    return false;
  }
}
