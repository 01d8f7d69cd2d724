package io.meanfield.settings;

import java.util.Optional;

/**
 * Something that the user can mend, said in sentences that name what was expected, what was found,
 * and where.
 */
public final class Complaint extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  public Complaint(ErrorCode code, String message) {
    super(message);
    this.code = code;
  }

  public Complaint(ErrorCode code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  public ErrorCode code() {
    return code;
  }

  /** The complaint that a failure was caused by, however deep: Spark wraps what a task throws. */
  public static Optional<Complaint> in(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof Complaint complaint) {
        return Optional.of(complaint);
      }
    }
    return Optional.empty();
  }
}
