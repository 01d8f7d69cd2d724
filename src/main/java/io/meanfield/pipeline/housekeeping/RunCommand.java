package io.meanfield.pipeline.housekeeping;

import io.meanfield.store.Manifest;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The commands that create runs. */
public enum RunCommand {
  TRAIN,
  RETRAIN,
  /** Learns by playing in an environment, without examples. */
  PLAY,
  /** The fit of a Spark program, which no command line starts. */
  FIT,
  EVALUATE,
  PREDICT,
  EXPORT,
  PREPARE,
  /** Trains with other settings, each in a run of {@link #TRAIN}. */
  SEARCH,
  LESSON;

  /** Returns the command of a run; empty if none is recorded, or one that this version lacks. */
  public static Optional<RunCommand> of(Manifest run) {
    return run.string("command")
        .flatMap(
            id -> Arrays.stream(values()).filter(command -> command.id().equals(id)).findFirst());
  }

  /** Returns whether a run belongs to the command {@link #PLAY}. */
  public static boolean plays(Manifest run) {
    return of(run).filter(PLAY::equals).isPresent();
  }

  /** Returns the name of the command in manifests and on command lines. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns whether every run of the command that succeeds has a model. */
  public boolean endsWithModel() {
    return switch (this) {
      case TRAIN, PLAY, FIT -> true;
      case RETRAIN -> false; // without new data it succeeds and trains nothing
      case EVALUATE, PREDICT, EXPORT, PREPARE, SEARCH, LESSON -> false;
    };
  }

  /** Returns whether a run of the command that succeeds has a page. */
  public boolean hasPage() {
    return switch (this) {
      case TRAIN, RETRAIN, PLAY, FIT, EVALUATE, SEARCH -> true;
      case PREDICT, EXPORT, PREPARE, LESSON -> false;
    };
  }
}
