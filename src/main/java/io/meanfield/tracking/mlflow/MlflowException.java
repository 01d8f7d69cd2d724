package io.meanfield.tracking.mlflow;

import java.io.IOException;

/** An answer of the server that is not a success. */
final class MlflowException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String errorCode;

  /**
   * Creates an exception.
   *
   * @param errorCode as MLflow names it, such as {@code RESOURCE_DOES_NOT_EXIST}
   */
  MlflowException(String errorCode, String message) {
    super(message);
    this.errorCode = errorCode;
  }

  boolean has(String code) {
    return errorCode.equals(code);
  }
}
