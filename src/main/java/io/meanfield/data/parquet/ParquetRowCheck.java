package io.meanfield.data.parquet;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.InvalidRowException;
import io.meanfield.data.SkippedRow;
import io.meanfield.data.SkippedRows;
import java.io.Serializable;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;

/**
 * Finds the rows that cannot be used: those that a reader refuses; travels to executors.
 *
 * @param reader with an encoder that knows the categories of all rows
 */
@DefaultSerializer(JavaSerializer.class)
record ParquetRowCheck(ParquetExampleReader reader) implements UDF1<Row, Boolean>, Serializable {
  /** Returns whether a row can be used. */
  @Override
  public Boolean call(Row row) {
    return problem(row).isEmpty();
  }

  /** Returns the rows that cannot be used. */
  SkippedRows skipped(Iterator<Row> rows) {
    SkippedRows skipped = new SkippedRows();
    rows.forEachRemaining(row -> skipped(row).ifPresent(skipped::add));
    return skipped;
  }

  /** Returns a row that cannot be used; empty if it can. */
  Optional<SkippedRow> skipped(Row row) {
    return problem(row).map(problem -> SkippedRow.of(reader.values().place(row), problem));
  }

  /** Returns the positions of the rows that cannot be used, in the order of the iterator. */
  long[] positions(Iterator<Row> rows) {
    LongStream.Builder positions = LongStream.builder();
    rows.forEachRemaining(
        row -> problem(row).ifPresent(problem -> positions.add(reader.ids().of(row))));
    return positions.build().toArray();
  }

  private Optional<InvalidRowException> problem(Row row) {
    try {
      reader.check(row);
      return Optional.empty();
    } catch (InvalidRowException e) {
      return Optional.of(e);
    }
  }
}
