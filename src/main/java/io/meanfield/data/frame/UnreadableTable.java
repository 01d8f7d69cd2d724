package io.meanfield.data.frame;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.List;
import java.util.function.Supplier;

/** Explains failures of Spark while it reads files. */
final class UnreadableTable {
  // Nothing is wrong with the files if a job was cancelled or the session has ended.
  private static final List<String> ENDED =
      List.of("cancel", "shut down", "Interrupted", "stopped");

  private UnreadableTable() {}

  /**
   * Returns what a use of files returns.
   *
   * @throws UserException that names the files if Spark cannot read them
   */
  static <T> T explained(List<String> paths, Supplier<T> use) {
    try {
      return use.get();
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      String message = String.valueOf(e);
      if (UserException.in(e).isPresent() || ENDED.stream().anyMatch(message::contains)) {
        throw e;
      }
      throw new UserException(
          ErrorCode.DATA_UNREADABLE,
          String.join(", ", paths)
              + " cannot be read: "
              + UserException.reason(e)
              + "; restore the file, or remove it from the data",
          e);
    }
  }
}
