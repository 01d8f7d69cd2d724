package io.meanfield.store.table;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;

/**
 * The rows of a Parquet file of a run's table, read in this process, each as a {@link Group}. Not
 * thread-safe; {@link #close} closes the file.
 */
public final class TableRows implements AutoCloseable {
  private final ParquetFileReader file;

  private TableRows(ParquetFileReader file) {
    this.file = file;
  }

  /**
   * Opens a file.
   *
   * @throws IOException if it cannot be read, or if it is not Parquet; the message follows a colon
   */
  public static TableRows open(Path file, Configuration hadoop) throws IOException {
    try {
      return new TableRows(ParquetFileReader.open(HadoopInputFile.fromPath(file, hadoop)));
    } catch (RuntimeException e) { // in words for programmers
      IOException damaged = new IOException("it is not Parquet, or its metadata are damaged");
      damaged.addSuppressed(e);
      throw damaged;
    }
  }

  /** Returns the metadata of the row groups. */
  public List<BlockMetaData> groups() {
    return file.getRowGroups();
  }

  /**
   * Reads some columns of all rows, in the order of the file; once.
   *
   * @param columns whether a column is read, by its name
   * @param rows takes the rows
   * @throws IOException or an unchecked exception of several types if a page is damaged
   */
  public void read(Predicate<String> columns, Consumer<Group> rows) throws IOException {
    MessageType all = file.getFileMetaData().getSchema();
    MessageType read =
        new MessageType(
            all.getName(),
            all.getFields().stream().filter(field -> columns.test(field.getName())).toList());
    file.setRequestedSchema(read);
    for (PageReadStore pages = file.readNextRowGroup();
        pages != null;
        pages = file.readNextRowGroup()) {
      RecordReader<Group> reader =
          new ColumnIOFactory(file.getFileMetaData().getCreatedBy())
              .getColumnIO(read)
              .getRecordReader(pages, new GroupRecordConverter(read));
      for (long row = 0; row < pages.getRowCount(); row++) {
        rows.accept(reader.read());
      }
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
