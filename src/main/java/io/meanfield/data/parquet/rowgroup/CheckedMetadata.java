package io.meanfield.data.parquet.rowgroup;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.HadoopPaths;
import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;

/** Opens Parquet files. */
final class ParquetInput {
  private ParquetInput() {}

  /**
   * Opens a file and reads its footer.
   *
   * @param file the path as a URI
   * @throws UserException if a chunk reaches beyond the end of the file, or a group declares
   *     another number of rows than a column has values
   */
  static ParquetFileReader open(String file, Configuration hadoop) throws IOException {
    Path path = new Path(URI.create(file));
    HadoopInputFile input = HadoopInputFile.fromPath(path, hadoop);
    ParquetFileReader reader = ParquetFileReader.open(input, options(path, hadoop));
    try {
      MessageType schema = reader.getFileMetaData().getSchema();
      for (BlockMetaData group : reader.getRowGroups()) {
        requireInside(group, input.getLength(), path);
        requireRows(group, schema, path);
      }
      return reader;
    } catch (UserException e) {
      reader.close();
      throw e;
    }
  }

  // Parquet allocates the memory for a chunk before it reads it.
  private static void requireInside(BlockMetaData group, long length, Path file) {
    for (ColumnChunkMetaData chunk : group.getColumns()) {
      long begin = chunk.getStartingPos();
      long size = chunk.getTotalSize();
      if (begin < 0 || begin > length || size < 0 || size > length - begin) {
        throw damaged(
            file,
            "column "
                + chunk.getPath().toDotString()
                + " has "
                + size
                + " bytes from position "
                + begin
                + ", the file has "
                + length);
      }
    }
  }

  // Spark would count billions of rows that the metadata declare one by one.
  private static void requireRows(BlockMetaData group, MessageType schema, Path file) {
    for (ColumnChunkMetaData chunk : group.getColumns()) {
      boolean isFlat = schema.getMaxRepetitionLevel(chunk.getPath().toArray()) == 0;
      if (isFlat && chunk.getValueCount() != group.getRowCount()) {
        throw damaged(
            file,
            "column "
                + chunk.getPath().toDotString()
                + " has "
                + chunk.getValueCount()
                + " values in a group of "
                + group.getRowCount()
                + " rows");
      }
    }
  }

  private static UserException damaged(Path file, String reason) {
    return new UserException(
        ErrorCode.DATA_UNREADABLE,
        HadoopPaths.display(file)
            + " cannot be read: its metadata are damaged ("
            + reason
            + "); restore the file, or remove it from the data");
  }

  /** Returns the options of Hadoop's settings; pages that declare impossible sizes are refused. */
  static ParquetReadOptions options(Path path, Configuration hadoop) {
    ParquetReadOptions usual = HadoopReadOptions.builder(hadoop, path).build();
    return HadoopReadOptions.builder(hadoop, path)
        .withCodecFactory(new CheckedCodecs(usual.getCodecFactory()))
        .build();
  }

  /** Returns the exception of a file that cannot be read, in the words of Spark. */
  static IllegalStateException unreadable(String file, Exception cause) {
    // UserException explains this message to the user.
    return new IllegalStateException("Error while reading file " + file + ".", cause);
  }
}
