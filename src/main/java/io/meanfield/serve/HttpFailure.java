package io.meanfield.serve;

import com.google.errorprone.annotations.FormatMethod;
import java.util.Locale;

/** A request that is not answered with predictions. */
final class HttpFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  static final int BAD_REQUEST = 400;
  static final int NOT_FOUND = 404;
  static final int METHOD_NOT_ALLOWED = 405;
  static final int TOO_LARGE = 413;
  static final int UNSUPPORTED_TYPE = 415;
  static final int INTERNAL_ERROR = 500;
  static final int UNAVAILABLE = 503;

  private final int status;

  private HttpFailure(int status, String message) {
    super(message);
    this.status = status;
  }

  @FormatMethod
  static HttpFailure of(int status, String format, Object... arguments) {
    return new HttpFailure(status, String.format(Locale.ROOT, format, arguments));
  }

  /** Returns the failure of a request whose body is not as expected. */
  @FormatMethod
  static HttpFailure badRequest(String format, Object... arguments) {
    return new HttpFailure(BAD_REQUEST, String.format(Locale.ROOT, format, arguments));
  }

  int status() {
    return status;
  }
}
