package io.meanfield.pipeline.housekeeping;

import io.meanfield.error.ErrorCode;
import io.meanfield.store.RunHolder;
import io.meanfield.store.Status;
import java.util.Optional;

/** The state of a run, from its status and its lease. */
public enum RunState {
  /** A living process works on it. */
  RUNNING,
  SUCCEEDED,
  FAILED,
  /** A signal has ended it, or its process is dead; the same command continues it. */
  INTERRUPTED,
  /** Its deletion has begun; the next deletion completes it. */
  DELETING;

  static RunState of(Optional<Status> status, Optional<RunHolder> holder) {
    return status
        .flatMap(RunState::ofFinished)
        .orElse(holder.filter(RunHolder::alive).isPresent() ? RUNNING : INTERRUPTED);
  }

  /** Returns the state of a run that has ended; empty if its status does not say so. */
  private static Optional<RunState> ofFinished(Status status) {
    return switch (status.state()) {
      case RUNNING -> Optional.empty();
      case SUCCEEDED -> Optional.of(SUCCEEDED);
      case FAILED ->
          Optional.of(
              status.errorCode().filter(ErrorCode.INTERRUPTED::equals).isPresent()
                  ? INTERRUPTED
                  : FAILED);
    };
  }
}
