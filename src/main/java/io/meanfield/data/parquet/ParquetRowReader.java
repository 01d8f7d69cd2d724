package io.meanfield.data.parquet;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.Examples;
import io.meanfield.data.RowBlock;
import io.meanfield.data.SkippedRow;
import io.meanfield.data.SkippedRowsAccumulator;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.sql.Row;

/**
 * Reads rows in blocks; travels to executors.
 *
 * @param copied the index of the first column that is copied: the id, if the schema has one, and
 *     the others
 * @param skipped receives the rows that cannot be used; empty if they are an error
 */
@DefaultSerializer(JavaSerializer.class)
record ParquetRowReader(
    ParquetExampleReader examples, int copied, List<SkippedRowsAccumulator> skipped)
    implements Serializable {

  /** Returns the rows in blocks, in the order of the iterator. */
  Iterator<RowBlock> read(Iterator<Row> rows) {
    return new Iterator<>() {
      private Iterator<RowBlock> blocks = List.<RowBlock>of().iterator();

      @Override
      public boolean hasNext() {
        return blocks.hasNext() || rows.hasNext();
      }

      @Override
      public RowBlock next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        if (!blocks.hasNext()) {
          blocks = blocks(rows).iterator();
        }
        return blocks.next();
      }
    };
  }

  /** Returns the next rows; more than one block if they are wide. */
  private List<RowBlock> blocks(Iterator<Row> rows) {
    List<Row> next = new ArrayList<>();
    while (next.size() < RowBlock.ROWS && rows.hasNext()) {
      Row row = rows.next();
      if (isUsable(row)) {
        next.add(row);
      }
    }
    List<RowBlock> blocks = new ArrayList<>();
    Iterator<Examples> read = examples.read(next.iterator(), next.size());
    int done = 0;
    while (read.hasNext()) {
      Examples block = read.next();
      blocks.add(new RowBlock(block, values(block, next.subList(done, done + block.count()))));
      done += block.count();
    }
    return blocks;
  }

  private boolean isUsable(Row row) {
    if (skipped.isEmpty()) {
      return true;
    }
    Optional<SkippedRow> problem = new ParquetRowCheck(examples).skipped(row);
    problem.ifPresent(skipped.get(0)::add);
    return problem.isEmpty();
  }

  private List<Object[]> values(Examples block, List<Row> rows) {
    List<Object[]> values = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      values.add(values(block.ids()[i], rows.get(i)));
    }
    return values;
  }

  private Object[] values(long position, Row row) {
    int first = hasId() ? 0 : 1;
    Object[] values = new Object[first + row.size() - copied];
    values[0] = position;
    for (int i = copied; i < row.size(); i++) {
      values[first + i - copied] = row.get(i);
    }
    return values;
  }

  private boolean hasId() {
    return !examples.values().columns().schema().id().isEmpty();
  }
}
