package io.meanfield.store;

import java.util.zip.ZipException;

/**
 * Reports a zip file that {@link ZipReader} refuses; the message completes a sentence that begins
 * with the name of the file.
 */
public final class UnreadableZip extends ZipException {
  private static final long serialVersionUID = 1L;

  UnreadableZip(String clause) {
    super(clause);
  }

  UnreadableZip(String clause, Throwable cause) {
    super(clause);
    initCause(cause);
  }
}
