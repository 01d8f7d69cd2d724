package io.meanfield.pipeline.housekeeping;

import io.meanfield.store.Manifest;

/** The command of a run, as its manifest names it. */
public final class RunCommand {
  /** The command whose runs learn by playing in an environment, without examples. */
  public static final String PLAY = "play";

  private RunCommand() {}

  /** Returns whether a run belongs to the command {@link #PLAY}. */
  public static boolean plays(Manifest run) {
    return run.string("command").filter(PLAY::equals).isPresent();
  }
}
