package io.meanfield.store;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.meanfield.error.ErrorCode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The state of a run: the contents of status.json.
 *
 * @param metrics as in {@link RunResult}
 * @param weightsSha256 as in {@link RunResult}
 * @param modelSha256 the SHA-256 of each file of the model, by name; empty until the run has
 *     succeeded
 */
@JsonPropertyOrder("state")
public record Status(
    Instant started,
    Optional<Instant> finished,
    Optional<Integer> exitCode,
    Optional<ErrorCode> errorCode,
    String message,
    Map<String, Double> metrics,
    Optional<String> weightsSha256,
    Optional<SortedMap<String, String>> modelSha256) {

  /** The stages of a run. */
  public enum State {
    RUNNING,
    SUCCEEDED,
    FAILED
  }

  /** Returns the stage of the run, which the file has for its readers. */
  @JsonProperty(access = JsonProperty.Access.READ_ONLY)
  public State state() {
    return finished.isEmpty()
        ? State.RUNNING
        : errorCode.isEmpty() ? State.SUCCEEDED : State.FAILED;
  }

  /** Returns the result of the run; without metrics until it has succeeded. */
  public RunResult result() {
    return new RunResult(metrics, weightsSha256);
  }

  /** Returns the status of a run that has started. */
  public static Status running(Instant started) {
    return new Status(
        started,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "running",
        Map.of(),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * Returns the status of the run after it has succeeded.
   *
   * @param code the exit code: 0, or 99 if the run ended without a change
   */
  public Status succeeded(Instant now, int code, String outcome, RunResult measured) {
    return new Status(
        started,
        Optional.of(now),
        Optional.of(code),
        Optional.empty(),
        outcome,
        measured.metrics(),
        measured.weightsSha256(),
        Optional.empty());
  }

  /** Returns the status with the checksums of the files of the model. */
  public Status withModel(SortedMap<String, String> sha256) {
    return new Status(
        started,
        finished,
        exitCode,
        errorCode,
        message,
        metrics,
        weightsSha256,
        Optional.of(sha256).filter(files -> !files.isEmpty()));
  }

  /** Returns the status of the run after it has failed. */
  public Status failed(Instant now, ErrorCode code, String error) {
    return new Status(
        started,
        Optional.of(now),
        Optional.of(code.exitCode()),
        Optional.of(code),
        error,
        Map.of(),
        Optional.empty(),
        Optional.empty());
  }
}
