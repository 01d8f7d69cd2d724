package io.meanfield.engine.dl4j;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;

/** The error that a model file cannot be used. */
final class UnusableModel {
  private UnusableModel() {}

  /** Returns the error with a message for the user. */
  static UserException because(String message, Throwable cause) {
    return new UserException(ErrorCode.MODEL_UNUSABLE, message, cause);
  }
}
