package io.meanfield.data.parquet.rowgroup;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;

/**
 * The rows of an open Parquet file, each as a {@link Group}. Checks metadata and pages before
 * memory is allocated for what they declare. Not thread-safe; {@link #close} closes the file.
 */
public final class GroupRows implements AutoCloseable {
  private final OpenFile file;

  private GroupRows(OpenFile file) {
    this.file = file;
  }

  /**
   * Opens a file.
   *
   * @throws IOException if it cannot be read, or if it is not Parquet; the message follows a colon
   */
  public static GroupRows open(Path file, Configuration hadoop) throws IOException {
    try {
      return new GroupRows(OpenFile.open(file.toUri().toString(), hadoop));
    } catch (RuntimeException e) { // in words for files of examples, or for programmers
      IOException damaged = new IOException("it is not Parquet, or its metadata are damaged");
      damaged.addSuppressed(e);
      throw damaged;
    }
  }

  /** Returns the metadata of the row groups. */
  public List<BlockMetaData> groups() {
    return file.groups();
  }

  /**
   * Reads some columns of all rows, in the order of the file.
   *
   * @param columns whether a column is read, by its name
   * @param rows takes the rows
   * @throws IOException or an unchecked exception of several types if a page is damaged
   */
  public void read(Predicate<String> columns, Consumer<Group> rows) throws IOException {
    FileMetaData metadata = file.metadata();
    MessageType all = metadata.getSchema();
    MessageType read =
        new MessageType(
            all.getName(),
            all.getFields().stream().filter(field -> columns.test(field.getName())).toList());
    for (BlockMetaData group : file.groups()) {
      Pages pages =
          new Pages(ChunkReader.open(file, group, read.getColumns()), group.getRowCount());
      RecordReader<Group> reader =
          new ColumnIOFactory(metadata.getCreatedBy())
              .getColumnIO(read)
              .getRecordReader(pages, new GroupRecordConverter(read));
      for (long row = 0; row < group.getRowCount(); row++) {
        rows.accept(reader.read());
      }
    }
  }

  /** The pages of a row group. */
  private record Pages(ChunkReader chunks, long rows) implements PageReadStore {
    @Override
    public PageReader getPageReader(ColumnDescriptor column) {
      return new CheckedPages(column, chunks.pages(column));
    }

    @Override
    public long getRowCount() {
      return rows;
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
