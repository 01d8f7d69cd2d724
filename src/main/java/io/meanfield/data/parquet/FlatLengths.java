package io.meanfield.data.parquet;

import io.meanfield.data.parquet.rowgroup.ArrayValues;
import io.meanfield.data.parquet.rowgroup.ColumnValues;
import io.meanfield.data.parquet.rowgroup.FileColumn;
import io.meanfield.data.parquet.rowgroup.RowRange;
import io.meanfield.data.parquet.rowgroup.RowRangeReader;
import io.meanfield.data.parquet.rowgroup.TextValues;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** Reads the length of the first array, or of the first bytes, of a column. */
final class FlatLengths {
  private FlatLengths() {}

  /** Returns the length in the first row of a range that has a value; none if there is no such. */
  static Iterator<Integer> read(RowRange range, FileColumn column, Configuration hadoop) {
    RowRangeReader reader = FlatRows.reader(range, List.of(column), 0, hadoop);
    while (reader.hasNext()) {
      reader.next(1);
      ColumnValues values = reader.values(0);
      if (!values.isMissing(0)) {
        return List.of(length(values)).iterator();
      }
    }
    return Collections.emptyIterator();
  }

  private static int length(ColumnValues values) {
    return values instanceof ArrayValues arrays
        ? arrays.length(0)
        : ((TextValues) values).bytes(0).length;
  }
}
