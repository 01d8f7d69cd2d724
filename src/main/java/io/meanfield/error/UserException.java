package io.meanfield.error;

import java.util.Optional;

/**
 * An error that the user can correct. The message names what was expected, what was found, and
 * where. It contains no password: see {@link Redaction}. It contains no control characters but
 * newlines, and no line of more than 2,000 characters, whatever file it quotes.
 */
public class UserException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  public UserException(ErrorCode code, String message) {
    super(Printable.of(Redaction.of(message)));
    this.code = code;
  }

  public UserException(ErrorCode code, String message, Throwable cause) {
    super(Printable.of(Redaction.of(message)), cause);
    this.code = code;
  }

  public ErrorCode code() {
    return code;
  }

  /**
   * Returns the first UserException in the chain of causes, because Spark wraps the exceptions of
   * its tasks; empty if there is none.
   */
  public static Optional<UserException> in(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UserException found) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }
}
