package io.meanfield.error;

/**
 * The reason why a command failed, as it is written to status.json, with the exit code of the
 * process.
 */
public enum ErrorCode {
  WRONG_SETTINGS(2),
  WRONG_ARGUMENTS(2),
  RUN_DIFFERS(2),
  MODEL_UNUSABLE(2),
  TRAIN_TEST_OVERLAP(2),
  UNSUPPORTED_PLATFORM(2),
  UNSUITABLE_CLUSTER(2),
  NOT_AUTHENTICATED(2),
  DATA_UNREADABLE(1),
  MODEL_UNREADABLE(1),
  STORE_UNREADABLE(1),
  STORE_UNWRITABLE(1),
  DIVERGED(1),
  EXAMPLE_COUNT(1),
  EXPECTATION_FAILED(1),
  EXPORT_DIFFERS(1),
  CHAMPION_CHANGED(1),
  DRIVER_LOST(1),
  APPLICATION_ENDED(1),
  OUT_OF_MEMORY(1),
  DATA_REFUSED(3),
  RUN_BUSY(4),
  INTERRUPTED(130),
  UNEXPECTED(1);

  private final int exitCode;

  ErrorCode(int exitCode) {
    this.exitCode = exitCode;
  }

  public int exitCode() {
    return exitCode;
  }
}
