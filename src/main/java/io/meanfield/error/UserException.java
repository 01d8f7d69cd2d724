package io.meanfield.error;

import java.util.Optional;

/**
 * Something that the user can mend, said in sentences that name what was expected, what was found,
 * and where.
 */
public final class UserException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  public UserException(ErrorCode code, String message) {
    super(message);
    this.code = code;
  }

  public UserException(ErrorCode code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  public ErrorCode code() {
    return code;
  }

  /** The complaint that a failure was caused by, however deep: Spark wraps what a task throws. */
  public static Optional<UserException> in(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UserException complaint) {
        return Optional.of(complaint);
      }
    }
    return Optional.empty();
  }
}
