package io.meanfield.data.parquet;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.Examples;
import io.meanfield.data.ExamplesBuilder;
import io.meanfield.data.parquet.rowgroup.RowRange;
import java.io.Serializable;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;

/**
 * Reads examples of ranges of rows, column by column; travels to executors.
 *
 * @param examples what is read of a row
 */
@DefaultSerializer(JavaSerializer.class)
record FlatExampleReader(ParquetExampleReader examples, FlatColumns columns)
    implements Serializable {

  /** Returns the examples of a range in blocks, in the order of the rows. */
  Iterator<Examples> read(RowRange range, Configuration hadoop) {
    FlatRows rows = FlatRows.open(range, columns, examples.values(), hadoop);
    int capacity = examples.blockSize();
    FlatRowWriter writer = new FlatRowWriter(examples, rows, examples.builder(0));
    return new Iterator<>() {
      private long left = range.count();

      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Examples next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        int size = (int) Math.min(capacity, left);
        left -= size;
        return block(rows, writer, size);
      }
    };
  }

  private Examples block(FlatRows rows, FlatRowWriter writer, int size) {
    ExamplesBuilder block = examples.builder(size);
    writer.begin(block);
    int missing = size;
    while (missing > 0) {
      rows.next(missing);
      writer.write();
      missing -= rows.count();
    }
    return block.build();
  }
}
