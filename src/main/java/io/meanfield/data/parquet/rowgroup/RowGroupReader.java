package io.meanfield.data.parquet.rowgroup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.VersionParser;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReaderImpl;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;

/** Reads the columns of consecutive rows of one row group. */
final class RowGroupReader implements AutoCloseable {
  private final OpenFile file;
  private final List<ColumnInput> inputs = new ArrayList<>();
  private long left;

  private RowGroupReader(OpenFile file, long rows) {
    this.file = file;
    this.left = rows;
  }

  static RowGroupReader open(RowRange.Piece piece, List<FileColumn> columns, Configuration hadoop)
      throws IOException {
    OpenFile file = OpenFile.open(piece.file(), hadoop);
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
    MessageType all = file.metadata().getSchema();
    MessageType schema =
        new MessageType(
            all.getName(), columns.stream().map(column -> all.getType(column.name())).toList());
    ChunkReader chunks =
        ChunkReader.open(file, file.groups().get(piece.group()), schema.getColumns());
    for (FileColumn column : columns) {
      ColumnDescriptor descriptor = descriptor(schema, column);
      PageReader checked = new CheckedPages(descriptor, chunks.pages(descriptor));
      ColumnInput input =
          column.array() ? array(descriptor, schema, checked) : new FlatPages(descriptor, checked);
      input.skip(piece.from());
      inputs.add(input);
    }
  }

  private static ColumnDescriptor descriptor(MessageType schema, FileColumn column) {
    return schema.getColumns().stream()
        .filter(each -> each.getPath()[0].equals(column.name()))
        .findFirst()
        .orElseThrow();
  }

  private ArrayInput array(ColumnDescriptor column, MessageType schema, PageReader pages) {
    ColumnReader reader =
        new ColumnReaderImpl(column, pages, new PrimitiveConverter() {}, writer());
    String[] path = column.getPath();
    return new ArrayInput(
        reader, column.getMaxDefinitionLevel(), schema.getMaxDefinitionLevel(path[0], path[1]));
  }

  // Files of some writers need a workaround; a writer without a known name needs none.
  private VersionParser.ParsedVersion writer() {
    String createdBy = String.valueOf(file.metadata().getCreatedBy());
    try {
      return VersionParser.parse(createdBy);
    } catch (VersionParser.VersionParseException | RuntimeException e) {
      return new VersionParser.ParsedVersion("unknown", "", "");
    }
  }

  /** The number of rows that are not read yet. */
  long left() {
    return left;
  }

  /** Reads the next rows of each column. */
  void read(List<ColumnValues> values, int rows) throws IOException {
    for (int i = 0; i < inputs.size(); i++) {
      inputs.get(i).read(values.get(i), rows);
    }
    left -= rows;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
