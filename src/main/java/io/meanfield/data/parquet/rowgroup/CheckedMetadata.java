package io.meanfield.data.parquet.rowgroup;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.HadoopPaths;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.MessageType;

/** Refuses a file whose metadata declare what it cannot have, before memory is allocated for it. */
final class CheckedMetadata {
  private final Path file;
  private final long length;

  private CheckedMetadata(Path file, long length) {
    this.file = file;
    this.length = length;
  }

  /**
   * Returns the row groups of a file.
   *
   * @param length the number of bytes of the file
   * @throws UserException if a column reaches beyond the end of the file, if the columns of a row
   *     group have more bytes than the file, or if a column has another number of values than its
   *     row group has rows, or an array column fewer
   */
  static List<BlockMetaData> groups(ParquetMetadata metadata, Path file, long length) {
    CheckedMetadata check = new CheckedMetadata(file, length);
    MessageType schema = metadata.getFileMetaData().getSchema();
    for (BlockMetaData group : metadata.getBlocks()) {
      long left = length;
      for (ColumnChunkMetaData chunk : group.getColumns()) {
        check.requireInside(chunk);
        check.requireLeft(chunk, left);
        left -= chunk.getTotalSize();
        boolean isRepeated = schema.getMaxRepetitionLevel(chunk.getPath().toArray()) > 0;
        check.requireRows(chunk, group.getRowCount(), isRepeated);
      }
    }
    return metadata.getBlocks();
  }

  private void requireInside(ColumnChunkMetaData chunk) {
    long begin = chunk.getStartingPos();
    long size = chunk.getTotalSize();
    if (begin < 0 || begin > length || size < 0 || size > length - begin) {
      throw damaged(chunk, size + " bytes from position " + begin + ", the file has " + length);
    }
  }

  // No two columns have the same bytes, so the memory for a row group is at most that of the file.
  private void requireLeft(ColumnChunkMetaData chunk, long left) {
    if (chunk.getTotalSize() > left) {
      throw damaged(
          chunk,
          chunk.getTotalSize()
              + " bytes, the columns before it leave "
              + left
              + " of the "
              + length
              + " bytes of the file");
    }
  }

  // Spark would count billions of rows that the metadata declare one by one. A row has at least one
  // value of an array, or says that it has none.
  private void requireRows(ColumnChunkMetaData chunk, long rows, boolean isRepeated) {
    long values = chunk.getValueCount();
    if (isRepeated ? values < rows : values != rows) {
      throw damaged(chunk, chunk.getValueCount() + " values in a group of " + rows + " rows");
    }
  }

  private UserException damaged(ColumnChunkMetaData chunk, String has) {
    return new UserException(
        ErrorCode.DATA_UNREADABLE,
        HadoopPaths.display(file)
            + " cannot be read: its metadata are damaged (column "
            + chunk.getPath().toDotString()
            + " has "
            + has
            + "); restore the file, or remove it from the data");
  }
}
