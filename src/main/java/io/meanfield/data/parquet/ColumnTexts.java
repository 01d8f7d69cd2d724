package io.meanfield.data.parquet;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.Vocabulary;
import io.meanfield.data.parquet.rowgroup.ColumnValues;
import io.meanfield.data.parquet.rowgroup.FileColumn;
import io.meanfield.data.parquet.rowgroup.IntegerValues;
import io.meanfield.data.parquet.rowgroup.RowRange;
import io.meanfield.data.parquet.rowgroup.RowRangeReader;
import io.meanfield.data.parquet.rowgroup.TextValues;
import java.io.Serializable;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;

/**
 * The different values of a column in some rows, as strings.
 *
 * @param texts all of them, or more than a vocabulary may have
 * @param hasMissing whether a row has no value
 */
@DefaultSerializer(JavaSerializer.class)
record ColumnTexts(Set<String> texts, boolean hasMissing) implements Serializable {
  private static final int MOST = Vocabulary.MAX_VALUES + 1;

  /** Reads the values of columns in a range; in a task, at whose end the file is closed. */
  static ColumnTexts[] read(RowRange range, List<FileColumn> columns, Configuration hadoop) {
    return columns.stream()
        .map(column -> read(range, column, hadoop)) // by itself, because it may end early
        .toArray(ColumnTexts[]::new);
  }

  private static ColumnTexts read(RowRange range, FileColumn column, Configuration hadoop) {
    RowRangeReader reader = FlatRows.reader(range, List.of(column), 0, hadoop);
    Collector collector = new Collector(reader.values(0));
    while (reader.hasNext() && collector.texts.size() < MOST) {
      reader.next(RowRangeReader.MAX_ROWS);
      collector.add(reader.rows());
    }
    return new ColumnTexts(collector.texts, collector.hasMissing);
  }

  /** Returns the values of the same columns in some and in other rows. */
  static ColumnTexts[] plus(ColumnTexts[] some, ColumnTexts[] other) {
    ColumnTexts[] all = new ColumnTexts[some.length];
    Arrays.setAll(all, i -> some[i].plus(other[i]));
    return all;
  }

  private ColumnTexts plus(ColumnTexts other) {
    Set<String> all = new TreeSet<>(texts);
    for (String text : other.texts) {
      if (all.size() < MOST) {
        all.add(text);
      }
    }
    return new ColumnTexts(all, hasMissing || other.hasMissing);
  }

  /** Converts each different value to a string once, which takes longer than to find it. */
  private static final class Collector {
    private final ColumnValues column;
    private final Set<Object> known = new HashSet<>();
    private final Set<String> texts = new HashSet<>();
    private boolean hasMissing;

    Collector(ColumnValues column) {
      this.column = column;
    }

    /** Adds the values of the first rows. */
    void add(int rows) {
      for (int row = 0; row < rows; row++) {
        if (column.isMissing(row)) {
          hasMissing = true;
        } else if (!known.contains(key(row))) {
          addText(row);
        }
      }
    }

    // Invalid bytes have the text of others; their number has no limit, so they are not kept.
    private void addText(int row) {
      if (texts.add(column.text(row).orElseThrow())) {
        known.add(column instanceof TextValues names ? names.copiedKey(row) : key(row));
      }
    }

    private Object key(int row) {
      return column instanceof TextValues names
          ? names.key(row)
          : (Object) ((IntegerValues) column).integer(row);
    }
  }
}
