package io.meanfield.store;

import io.meanfield.error.ErrorCode;
import java.time.Instant;
import java.util.Optional;

/** How a run stands: what status.json says. */
public record Status(
    State state,
    Instant started,
    Optional<Instant> finished,
    Optional<Integer> exitCode,
    Optional<ErrorCode> errorCode,
    String message) {

  /** Where a run is in its life. */
  public enum State {
    RUNNING,
    SUCCEEDED,
    FAILED
  }

  public static Status running(Instant started) {
    return new Status(
        State.RUNNING, started, Optional.empty(), Optional.empty(), Optional.empty(), "running");
  }

  public Status succeeded(Instant now, String saying) {
    return new Status(
        State.SUCCEEDED, started, Optional.of(now), Optional.of(0), Optional.empty(), saying);
  }

  public Status failed(Instant now, ErrorCode code, String saying) {
    return new Status(
        State.FAILED,
        started,
        Optional.of(now),
        Optional.of(code.exitCode()),
        Optional.of(code),
        saying);
  }
}
