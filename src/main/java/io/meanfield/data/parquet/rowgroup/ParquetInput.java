package io.meanfield.data.parquet.rowgroup;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;

/** Opens Parquet files. */
final class ParquetInput {
  private ParquetInput() {}

  /**
   * Opens a file and reads its footer.
   *
   * @param file the path as a URI
   */
  static ParquetFileReader open(String file, Configuration hadoop) throws IOException {
    Path path = new Path(URI.create(file));
    return ParquetFileReader.open(
        HadoopInputFile.fromPath(path, hadoop), HadoopReadOptions.builder(hadoop, path).build());
  }

  /** Returns the exception of a file that cannot be read, in the words of Spark. */
  static IllegalStateException unreadable(String file, Exception cause) {
    // UserException explains this message to the user.
    return new IllegalStateException("Error while reading file " + file + ".", cause);
  }
}
