package io.meanfield.cli.command;

import io.meanfield.error.UserException;
import java.util.concurrent.Callable;

/** A command, with what the main class needs when the command has failed. */
public interface MeanfieldCommand extends Callable<Integer> {
  SettingsOptions options();

  /** Reports a failure to a program that reads the command's output. */
  default void report(UserException failure) {}

  /** Returns why the command has failed, which may be an error of another thread. */
  default Throwable cause(Throwable failure) {
    return failure;
  }

  /** Returns whether a signal has ended the command; its final message is then printed already. */
  default boolean interrupted() {
    return false;
  }
}
