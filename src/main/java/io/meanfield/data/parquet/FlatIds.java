package io.meanfield.data.parquet;

import io.meanfield.data.parquet.rowgroup.ColumnValues;
import io.meanfield.data.parquet.rowgroup.FileColumn;
import io.meanfield.data.parquet.rowgroup.IntegerValues;
import io.meanfield.data.parquet.rowgroup.RowRange;
import io.meanfield.data.parquet.rowgroup.RowRangeReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;

/** Reads nothing but the ids of rows. */
final class FlatIds {
  private FlatIds() {}

  /** Returns the ids of the rows of a range, in pieces. */
  static Iterator<IdArray> read(RowRange range, List<FileColumn> column, Configuration hadoop)
      throws IOException {
    List<IdArray> pieces = new ArrayList<>();
    try (RowRangeReader reader = new RowRangeReader(range, column, hadoop)) {
      while (reader.hasNext()) {
        reader.next(RowRangeReader.MAX_ROWS);
        pieces.add(of(reader.values(0), 0, reader.rows()));
      }
    }
    return joined(pieces).iterator();
  }

  // Few large pieces cost less than many small ones, each of which is divided among all ranges.
  private static List<IdArray> joined(List<IdArray> pieces) {
    return pieces.isEmpty() ? pieces : List.of(pieces.get(0).join(pieces));
  }

  /** Returns the ids of {@code count} rows from one on. */
  static IdArray of(ColumnValues ids, int from, int count) {
    IntStream rows = IntStream.range(from, from + count);
    return ids instanceof IntegerValues numbers
        ? new IdArray.Numbers(rows.mapToLong(numbers::integer).toArray())
        : new IdArray.Names(rows.mapToObj(row -> ids.text(row).orElse("")).toArray(String[]::new));
  }
}
