package io.meanfield.data.parquet.rowgroup;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.apache.hadoop.conf.Configuration;

/**
 * Reads the rows of a range, some at a time, column by column. Not thread-safe; {@link #close}
 * closes the file.
 */
public final class RowRangeReader implements AutoCloseable {
  /** The number of rows that are read at a time at most; their values fit into a cache. */
  public static final int MAX_ROWS = 1024;

  private final List<FileColumn> columns;
  private final Configuration hadoop;
  private final Queue<RowRange.Piece> waiting;
  private final List<ColumnValues> values = new ArrayList<>();
  private Optional<RowGroupReader> open = Optional.empty();
  private String file = "";
  private long firstInFile;
  private long position;
  private int rows;
  private long left;

  /**
   * Makes a reader before the first row.
   *
   * @param columns with different names
   * @param longest the number of elements of an array that are kept at most
   */
  public RowRangeReader(
      RowRange range, List<FileColumn> columns, int longest, Configuration hadoop) {
    this.columns = List.copyOf(columns);
    this.hadoop = hadoop;
    this.waiting = new ArrayDeque<>(range.pieces());
    this.position = range.first();
    this.left = range.count();
    columns.forEach(column -> values.add(valuesOf(column, longest)));
  }

  private static ColumnValues valuesOf(FileColumn column, int longest) {
    if (column.array()) {
      return new ArrayValues(column.kind(), MAX_ROWS, longest);
    }
    if (column.kind().isInteger()) {
      return new IntegerValues(column.kind(), MAX_ROWS);
    }
    return switch (column.kind()) {
      case FLOAT -> new FloatValues(MAX_ROWS);
      case DOUBLE -> new DoubleValues(MAX_ROWS);
      default -> new TextValues(MAX_ROWS);
    };
  }

  /** Returns whether there are more rows. */
  public boolean hasNext() {
    return left > 0;
  }

  /**
   * Reads the next rows, which are rows of one file.
   *
   * @param most the number of rows at most; at least 1
   */
  public void next(int most) {
    position += rows;
    RowRange.Piece piece = waiting.element();
    try {
      read(piece, Math.min(most, MAX_ROWS));
    } catch (IOException | RuntimeException e) {
      // In the words of Spark, which UserException explains to the user.
      throw new IllegalStateException("Error while reading file " + piece.file() + ".", e);
    }
    left -= rows;
  }

  private void read(RowRange.Piece piece, int most) throws IOException {
    if (open.isEmpty()) {
      file = piece.file();
      open = Optional.of(RowGroupReader.open(piece, columns, hadoop));
      firstInFile = piece.rowInFile();
    } else {
      firstInFile += rows;
    }
    rows = (int) Math.min(most, open.get().left());
    open.get().read(values, rows);
    if (open.get().left() == 0) {
      close();
      waiting.remove();
    }
  }

  /** The number of rows that were read last. */
  public int rows() {
    return rows;
  }

  /** The position of the first row that was read last, in the data set. */
  public long position() {
    return position;
  }

  /** The file of the rows that were read last, as a URI. */
  public String file() {
    return file;
  }

  /** The number in its file of the first row that was read last, from 0. */
  public long firstInFile() {
    return firstInFile;
  }

  /** Returns the values of a column in the rows that were read last; the object stays the same. */
  public ColumnValues values(int column) {
    return values.get(column);
  }

  @Override
  public void close() throws IOException {
    if (open.isPresent()) {
      RowGroupReader reader = open.get();
      open = Optional.empty();
      reader.close();
    }
  }
}
