package io.meanfield.json;

import java.io.IOException;

/**
 * A file is not the JSON that was expected. The message is the end of a sentence that begins with
 * the name of the file, such as "it ends inside a value (line 3, column 7)".
 */
public final class InvalidJsonException extends IOException {
  private static final long serialVersionUID = 1L;

  public InvalidJsonException(String reason) {
    super(reason);
  }

  public InvalidJsonException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
