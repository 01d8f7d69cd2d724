package io.meanfield.data.frame;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.RowBlock;
import io.meanfield.data.SkippedRow;
import io.meanfield.data.SkippedRowsAccumulator;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.sql.Row;

/**
 * Reads rows with values that are copied in blocks; travels to executors.
 *
 * @param copied the index of the first column that is copied
 * @param skipped receives the rows that cannot be used; empty if they are an error
 */
@DefaultSerializer(JavaSerializer.class)
record RowBlockReader(
    RowReader reader, RowCheck check, int copied, List<SkippedRowsAccumulator> skipped)
    implements Serializable {

  /** Returns the rows in blocks, in the order of the iterator. */
  Iterator<RowBlock> read(Iterator<Row> rows) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public RowBlock next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return block(rows);
      }
    };
  }

  private RowBlock block(Iterator<Row> rows) {
    int size = Math.min(RowBlock.ROWS, reader.blockSize());
    List<Row> usable = new ArrayList<>(size);
    while (usable.size() < size && rows.hasNext()) {
      Row row = rows.next();
      if (isUsable(row)) {
        usable.add(row);
      }
    }
    return new RowBlock(
        reader.block(new RowCells(usable), 0, usable.size(), 0),
        usable.stream().map(this::copied).toList());
  }

  private boolean isUsable(Row row) {
    Optional<SkippedRow> problem = check.problems(new RowCells(List.of(row))).apply(0);
    problem.ifPresent(
        found -> {
          if (skipped.isEmpty()) {
            throw new UserException(ErrorCode.DATA_UNREADABLE, found.text());
          }
          skipped.get(0).add(found);
        });
    return problem.isEmpty();
  }

  private Object[] copied(Row row) {
    Object[] values = new Object[row.size() - copied];
    for (int i = 0; i < values.length; i++) {
      values[i] = row.get(copied + i);
    }
    return values;
  }
}
