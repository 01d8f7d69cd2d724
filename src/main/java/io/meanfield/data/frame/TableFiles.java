package io.meanfield.data.frame;

import io.meanfield.data.Dataset;
import io.meanfield.data.encoding.ColumnRoles;
import io.meanfield.data.source.InputRows;
import io.meanfield.data.source.PassedColumns;
import io.meanfield.data.source.ReadContext;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Files with the rows of a table. */
public interface TableFiles extends TableSource {
  /** Returns the Hadoop paths of files, directories or globs. */
  List<String> paths();

  ColumnRoles columns();

  /** Returns the settings of the data set in these files. */
  static Map<String, Object> located(List<String> paths) {
    return Map.of("path", paths);
  }

  @Override
  default Dataset open(ReadContext context) {
    return explained(paths(), () -> FrameReader.open(table(context), columns(), context));
  }

  @Override
  default InputRows rows(ReadContext context, PassedColumns passed) {
    return FrameRows.open(table(context), columns(), context, passed);
  }

  @Override
  default boolean copiesColumns() {
    return true;
  }

  @Override
  default List<String> locations() {
    return paths();
  }

  /**
   * Returns what a use of files returns.
   *
   * @throws UserException that names the files if Spark cannot read them
   */
  private static <T> T explained(List<String> paths, Supplier<T> use) {
    try {
      return use.get();
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      String message = String.valueOf(e);
      // Nothing is wrong with the files if a job was cancelled or the session has ended.
      if (UserException.in(e).isPresent()
          || Stream.of("cancel", "shut down", "Interrupted", "stopped")
              .anyMatch(message::contains)) {
        throw e;
      }
      throw unreadable(String.join(", ", paths), e);
    }
  }

  static UserException unreadable(String display, Exception failure) {
    return UserException.causedBy(
        failure,
        ErrorCode.DATA_UNREADABLE,
        "%s cannot be read: %s; restore the file, or remove it from the data",
        display,
        UserException.reason(failure));
  }
}
