package io.meanfield.data.parquet;

import io.meanfield.data.parquet.rowgroup.FileLayout;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.fs.Path;
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

  /** Takes the numbers of rows from the metadata of the files. */
  static FileStarts of(FileLayouts layouts, String display) {
    Map<String, Long> starts = new HashMap<>();
    long count = 0;
    for (FileLayout file : layouts.files()) {
      starts.put(inSpark(file.file()), count);
      count += file.rows();
    }
    return of(starts, count, display);
  }

  // As Spark writes the path of a row's file.
  private static String inSpark(String file) {
    return new Path(new Path(URI.create(file)).toString()).toUri().toString();
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
