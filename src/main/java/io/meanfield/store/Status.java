package io.meanfield.store;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.meanfield.error.ErrorCode;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The state of a run: the contents of status.json.
 *
 * @param modelSha256 the SHA-256 of each file of the model, by name; empty until the run has
 *     succeeded
 */
public record Status(
    State state,
    Instant started,
    Optional<Instant> finished,
    Optional<Integer> exitCode,
    Optional<ErrorCode> errorCode,
    String message,
    @JsonUnwrapped RunResult result,
    Optional<SortedMap<String, String>> modelSha256) {

  /** The stages of a run. */
  public enum State {
    RUNNING,
    SUCCEEDED,
    FAILED
  }

  /** Returns the status of a run that has started. */
  public static Status running(Instant started) {
    return new Status(
        State.RUNNING,
        started,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "running",
        RunResult.NONE,
        Optional.empty());
  }

  /**
   * Returns the status of the run after it has succeeded.
   *
   * @param code the exit code: 0, or 99 if the run ended without a change
   */
  public Status succeeded(Instant now, int code, String outcome, RunResult measured) {
    return new Status(
        State.SUCCEEDED,
        started,
        Optional.of(now),
        Optional.of(code),
        Optional.empty(),
        outcome,
        measured,
        Optional.empty());
  }

  /** Returns the status with the checksums of the files of the model. */
  public Status withModel(SortedMap<String, String> sha256) {
    return new Status(
        state,
        started,
        finished,
        exitCode,
        errorCode,
        message,
        result,
        Optional.of(sha256).filter(files -> !files.isEmpty()));
  }

  /** Returns the status of the run after it has failed. */
  public Status failed(Instant now, ErrorCode code, String error) {
    return new Status(
        State.FAILED,
        started,
        Optional.of(now),
        Optional.of(code.exitCode()),
        Optional.of(code),
        error,
        RunResult.NONE,
        Optional.empty());
  }
}
