package io.meanfield.engine.dl4j;

import com.google.errorprone.annotations.FormatMethod;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;

/** The error that a model file cannot be used. */
final class UnusableModel {
  private UnusableModel() {}

  /** Returns the error of a file that is intact, but no model that Meanfield can run. */
  @FormatMethod
  static UserException because(String format, Object... arguments) {
    return UserException.of(ErrorCode.MODEL_UNUSABLE, format, arguments);
  }

  /** Returns the error of such a file with its cause. */
  @FormatMethod
  static UserException because(Throwable cause, String format, Object... arguments) {
    return UserException.causedBy(cause, ErrorCode.MODEL_UNUSABLE, format, arguments);
  }

  /** Returns the error of a file that is damaged or cannot be read. */
  @FormatMethod
  static UserException unreadable(String format, Object... arguments) {
    return UserException.of(ErrorCode.MODEL_UNREADABLE, format, arguments);
  }

  /** Returns the error of a file that is damaged or cannot be read, with its cause. */
  @FormatMethod
  static UserException unreadable(Throwable cause, String format, Object... arguments) {
    return UserException.causedBy(cause, ErrorCode.MODEL_UNREADABLE, format, arguments);
  }
}
