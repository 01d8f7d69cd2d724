package io.meanfield.data.parquet;

import io.meanfield.data.parquet.rowgroup.ColumnValues;
import io.meanfield.data.parquet.rowgroup.FileColumn;
import io.meanfield.data.parquet.rowgroup.IntegerValues;
import io.meanfield.data.parquet.rowgroup.RowRange;
import io.meanfield.data.parquet.rowgroup.RowRangeReader;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;

/** Reads nothing but the ids of rows. */
final class FlatIds {
  private static final int PIECE = 1 << 16;

  private FlatIds() {}

  /**
   * Returns the ids of the rows of a range, in pieces that are read when they are needed.
   *
   * @throws io.meanfield.error.UserException from the iterator, if an id is missing
   */
  static Iterator<IdArray> read(
      RowRange range, FileColumn column, MissingId missing, Configuration hadoop) {
    RowRangeReader reader = FlatRows.reader(range, List.of(column), 0, hadoop);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return reader.hasNext();
      }

      @Override
      public IdArray next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return piece(reader, missing);
      }
    };
  }

  // Few large pieces cost less than many small ones, each of which is divided among all ranges.
  private static IdArray piece(RowRangeReader reader, MissingId missing) {
    List<IdArray> parts = new ArrayList<>();
    int left = PIECE;
    while (left > 0 && reader.hasNext()) {
      reader.next(left);
      missing.require(reader.values(0), reader.rows());
      left -= reader.rows();
      parts.add(of(reader.values(0), 0, reader.rows()));
    }
    return parts.get(0).join(parts);
  }

  /** Returns the ids of {@code count} rows from one on. */
  static IdArray of(ColumnValues ids, int from, int count) {
    IntStream rows = IntStream.range(from, from + count);
    return ids instanceof IntegerValues numbers
        ? new IdArray.Numbers(rows.mapToLong(numbers::integer).toArray())
        : new IdArray.Names(rows.mapToObj(row -> ids.text(row).orElse("")).toArray(String[]::new));
  }
}
