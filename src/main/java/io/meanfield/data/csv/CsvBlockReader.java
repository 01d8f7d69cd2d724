package io.meanfield.data.csv;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.Examples;
import io.meanfield.data.ExamplesBuilder;
import io.meanfield.data.IdIndex;
import io.meanfield.data.table.TableRules;
import java.io.IOException;
import java.io.Serializable;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;

/** Reads blocks of consecutive rows from one CSV file; on an executor. */
final class CsvBlockReader implements Iterator<Examples> {
  private final Part part;
  private final CsvExampleReader examples;
  private final CsvParser records;
  private final CsvColumns row;
  private long position;
  private ExamplesBuilder next;

  /**
   * A file of the data set.
   *
   * @param first the position of its first row
   * @param ranks of the positions of all examples; the other rows of the file are skipped
   */
  @DefaultSerializer(JavaSerializer.class)
  record Part(CsvFile file, long first, IdIndex.ById ranks) implements Serializable {
    boolean isSkipped(long position) {
      return ranks.of(position) < 0;
    }
  }

  CsvBlockReader(Part part, CsvExampleReader examples, Configuration hadoop) {
    this.part = part;
    this.examples = examples;
    this.position = part.first();
    try {
      this.records = part.file().open(hadoop);
      OpenRecords.closedWithTask(records);
      this.row =
          new CsvColumns(
              examples.schema(),
              TableRules.of(examples.encoder()),
              CsvFile.header(records, part.file().display()),
              records,
              part.file().display());
    } catch (IOException e) {
      throw part.file().unreadable(e);
    }
    this.next = read();
  }

  @Override
  public boolean hasNext() {
    return !next.isEmpty();
  }

  @Override
  public Examples next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Examples block = next.build();
    next = read();
    return block;
  }

  private ExamplesBuilder read() {
    ExamplesBuilder block = examples.block();
    try {
      while (!block.isFull() && records.advance()) {
        long current = position++;
        if (!part.isSkipped(current)) {
          examples.add(row, current, block);
        }
      }
      return block;
    } catch (IOException e) {
      throw part.file().unreadable(e);
    }
  }
}
