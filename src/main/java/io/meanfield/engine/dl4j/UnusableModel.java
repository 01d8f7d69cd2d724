package io.meanfield.engine.dl4j;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;

/** The error that a model file cannot be used. */
final class UnusableModel {
  private UnusableModel() {}

  /** Returns the error of a file that is intact, but no model that Meanfield can run. */
  static UserException because(String message, Throwable cause) {
    return new UserException(ErrorCode.MODEL_UNUSABLE, message, cause);
  }

  /** Returns the error of a file that is damaged or cannot be read. */
  static UserException unreadable(String message, Throwable cause) {
    return new UserException(ErrorCode.MODEL_UNREADABLE, message, cause);
  }
}
