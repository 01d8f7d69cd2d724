package io.meanfield.data.parquet.rowgroup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.VersionParser;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReaderImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;

/** Reads the columns of consecutive rows of one row group. */
final class RowGroupReader implements AutoCloseable {
  private final ParquetFileReader file;
  private final List<ColumnReader> readers = new ArrayList<>();
  private final List<Levels> levels = new ArrayList<>();
  private long left;

  private RowGroupReader(ParquetFileReader file, long rows) {
    this.file = file;
    this.left = rows;
  }

  static RowGroupReader open(RowRange.Piece piece, List<FileColumn> columns, Configuration hadoop)
      throws IOException {
    ParquetFileReader file = ParquetInput.open(piece.file(), hadoop);
    try {
      RowGroupReader reader = new RowGroupReader(file, piece.count());
      reader.start(piece, columns);
      return reader;
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private void start(RowRange.Piece piece, List<FileColumn> columns) throws IOException {
    MessageType all = file.getFileMetaData().getSchema();
    MessageType schema =
        new MessageType(
            all.getName(), columns.stream().map(column -> all.getType(column.name())).toList());
    file.setRequestedSchema(schema);
    PageReadStore pages = file.readRowGroup(piece.group());
    for (FileColumn column : columns) {
      ColumnDescriptor descriptor = descriptor(schema, column);
      readers.add(reader(descriptor, pages));
      levels.add(Levels.of(column, schema, descriptor));
    }
    skip(piece.from());
  }

  private static ColumnDescriptor descriptor(MessageType schema, FileColumn column) {
    return schema.getColumns().stream()
        .filter(each -> each.getPath()[0].equals(column.name()))
        .findFirst()
        .orElseThrow();
  }

  private ColumnReader reader(ColumnDescriptor column, PageReadStore pages) {
    return new ColumnReaderImpl(
        column, pages.getPageReader(column), new PrimitiveConverter() {}, writer());
  }

  // Files of some writers need a workaround; a writer without a known name needs none.
  private VersionParser.ParsedVersion writer() {
    String createdBy = String.valueOf(file.getFileMetaData().getCreatedBy());
    try {
      return VersionParser.parse(createdBy);
    } catch (VersionParser.VersionParseException | RuntimeException e) {
      return new VersionParser.ParsedVersion(createdBy, "", "");
    }
  }

  private void skip(long rows) {
    for (int i = 0; i < readers.size(); i++) {
      for (long row = 0; row < rows; row++) {
        skipRow(readers.get(i), levels.get(i));
      }
    }
  }

  // A row of a column of arrays has as many values as the array has elements.
  private static void skipRow(ColumnReader reader, Levels levels) {
    do {
      if (reader.getCurrentDefinitionLevel() == levels.present()) {
        reader.skip();
      }
      reader.consume();
    } while (reader.getCurrentRepetitionLevel() > 0);
  }

  /** The number of rows that are not read yet. */
  long left() {
    return left;
  }

  /** Reads the next rows of each column. */
  void read(List<ColumnValues> values, int rows) {
    for (int i = 0; i < readers.size(); i++) {
      values.get(i).read(readers.get(i), levels.get(i), rows);
    }
    left -= rows;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
