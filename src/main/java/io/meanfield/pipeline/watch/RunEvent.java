package io.meanfield.pipeline.watch;

import io.meanfield.store.RunHolder;
import io.meanfield.store.Status;
import io.meanfield.train.EpochResult;
import java.time.Instant;
import java.util.Optional;

/** What has happened to a run. */
public sealed interface RunEvent {
  /**
   * A process has begun to work on the run, as status.json says.
   *
   * @param planned the number of epochs that the run plans; an extension plans more soon afterwards
   */
  record Began(Instant started, int planned) implements RunEvent {}

  /**
   * An epoch is completed.
   *
   * @param planned the number of epochs that the run plans now
   */
  record EpochEnded(EpochResult result, int planned) implements RunEvent {}

  /**
   * The run has not ended, and no process works on it any more.
   *
   * @param holder the process that has not released its lease; empty if there is none
   * @param since the last heartbeat, by the clock of the file system
   */
  record Silent(Optional<RunHolder> holder, Optional<Instant> since) implements RunEvent {}

  /** A process works on the run again, after it was silent. */
  record Alive(RunHolder holder) implements RunEvent {}

  /** The run has ended. */
  record Ended(Status status) implements RunEvent {}
}
