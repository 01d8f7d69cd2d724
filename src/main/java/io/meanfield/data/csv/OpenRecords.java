package io.meanfield.data.csv;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;

/**
 * The records of a file that a task has open. They are closed after the last one, or else when the
 * task ends; a task that reads many files keeps nothing of those that it has read.
 */
final class OpenRecords {
  private Optional<CsvParser> open;

  private OpenRecords(CsvParser records) {
    this.open = Optional.of(records);
  }

  /**
   * Closes records when the task that reads them ends, unless they are closed before; in a task.
   */
  static OpenRecords closedWithTask(CsvParser records) {
    OpenRecords opened = new OpenRecords(records);
    TaskContext.get()
        .addTaskCompletionListener((TaskCompletionListener) context -> opened.closeAtEnd());
    return opened;
  }

  /** Closes the records. */
  void close() throws IOException {
    if (open.isPresent()) {
      CsvParser records = open.get();
      open = Optional.empty();
      records.close();
    }
  }

  private void closeAtEnd() {
    try {
      close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
