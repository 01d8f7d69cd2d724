package io.meanfield.data.frame;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.SkippedRow;
import io.meanfield.data.SkippedRowsAccumulator;
import io.meanfield.data.frame.packed.RowPart;
import io.meanfield.data.source.InputRows;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
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
  Iterator<InputRows.RowBlock> read(Iterator<Row> rows) {
    int size = Math.min(InputRows.RowBlock.ROWS, reader.blockSize());
    return IntStream.iterate(0, any -> rows.hasNext(), any -> any)
        .mapToObj(any -> block(rows, size))
        .iterator();
  }

  private InputRows.RowBlock block(Iterator<Row> rows, int size) {
    List<Row> all = new ArrayList<>(size);
    while (all.size() < size && rows.hasNext()) {
      all.add(rows.next());
    }
    List<Row> usable = usable(all);
    return new InputRows.RowBlock(
        reader.block(RowPart.of(usable, copied), 0, usable.size(), 0),
        usable.stream().map(this::copied).toList());
  }

  private List<Row> usable(List<Row> rows) {
    IntFunction<Optional<SkippedRow>> problems = check.problems(RowPart.of(rows, copied));
    List<Row> usable = new ArrayList<>(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      Optional<SkippedRow> problem = problems.apply(i);
      if (problem.isEmpty()) {
        usable.add(rows.get(i));
      } else if (skipped.isEmpty()) {
        throw new UserException(ErrorCode.DATA_UNREADABLE, problem.get().text());
      } else {
        skipped.get(0).add(problem.get());
      }
    }
    return usable;
  }

  private Object[] copied(Row row) {
    Object[] values = new Object[row.size() - copied];
    for (int i = 0; i < values.length; i++) {
      values[i] = row.get(copied + i);
    }
    return values;
  }
}
