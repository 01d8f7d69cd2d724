package io.meanfield.data.parquet;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The positions of files in a data set; driver only.
 *
 * @param byFile the position of the first row of each file, by path
 * @param count the number of all rows
 */
record FileStarts(Map<String, Long> byFile, long count) {
  FileStarts {
    byFile = Map.copyOf(byFile);
  }

  /** Returns the start of a number of rows that come from no files. */
  static FileStarts ofFrame(long count, String display) {
    return of(Map.of(FrameSource.NO_FILE, 0L), count, display);
  }

  /** Counts the rows of a frame. */
  static FileStarts of(Dataset<Row> frame, String display) {
    Map<String, Long> starts = new HashMap<>();
    long count = 0;
    for (Row file : ParquetFiles.counts(frame, display)) {
      starts.put(file.getString(0), count);
      count += file.getLong(1);
    }
    return of(starts, count, display);
  }

  private static FileStarts of(Map<String, Long> starts, long count, String display) {
    if (count == 0) {
      throw new UserException(ErrorCode.DATA_UNREADABLE, display + " has no rows");
    }
    return new FileStarts(starts, count);
  }
}
