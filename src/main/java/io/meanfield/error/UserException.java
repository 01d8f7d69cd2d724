package io.meanfield.error;

import com.google.errorprone.annotations.FormatMethod;
import java.util.Locale;
import java.util.Optional;

/**
 * An error that the user can correct. The message names what was expected, what was found, and
 * where. It contains no password: see {@link Redaction}. Newlines are its only control characters,
 * and a line has at most 2,000 characters.
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

  /**
   * Returns an exception whose message is a format of {@link String#format} with its arguments,
   * which is checked when the code is compiled.
   */
  @FormatMethod
  public static UserException of(ErrorCode code, String format, Object... arguments) {
    return new UserException(code, String.format(Locale.ROOT, format, arguments));
  }

  /** Returns an exception with a cause and a message like that of {@link #of}. */
  @FormatMethod
  public static UserException causedBy(
      Throwable cause, ErrorCode code, String format, Object... arguments) {
    return new UserException(code, String.format(Locale.ROOT, format, arguments), cause);
  }

  public ErrorCode code() {
    return code;
  }

  /**
   * Returns the first UserException in the chain of causes, because Spark wraps the exceptions of
   * its tasks; or one that explains a path that Hadoop cannot use, a file that Spark could not
   * read, or a virtual machine that failed. Empty if none of them is the cause.
   */
  public static Optional<UserException> in(Throwable failure) {
    FailureText text = FailureText.of(failure);
    return UnusablePath.in(text) // before a message of what could not be read or written
        .map(found -> explained(found, failure))
        .or(
            () ->
                text.chain().stream()
                    .filter(UserException.class::isInstance)
                    .map(UserException.class::cast)
                    .findFirst())
        .or(
            () ->
                JvmFailure.in(text)
                    .or(() -> UnreadableFile.in(text))
                    .map(found -> explained(found, failure)));
  }

  private static UserException explained(Explanation found, Throwable failure) {
    return new UserException(found.code(), found.message(), failure);
  }

  /** Returns the innermost reason of a failure in one line without names of classes. */
  public static String reason(Throwable failure) {
    return FailureText.of(failure).reason();
  }

  /** Converts any failure to an exception whose message is for the user. */
  public static UserException of(Throwable failure) {
    return in(failure).orElseGet(() -> unexpected(failure));
  }

  private static UserException unexpected(Throwable failure) {
    FailureText text = FailureText.of(failure);
    Throwable cause = text.chain().get(text.chain().size() - 1);
    return UserException.causedBy(
        failure,
        ErrorCode.UNEXPECTED,
        "unexpected %s%s; run again with --verbose for the stack trace",
        FailureText.line(failure),
        cause == failure ? "" : ", caused by " + FailureText.line(cause));
  }
}
