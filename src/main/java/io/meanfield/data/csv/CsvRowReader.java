package io.meanfield.data.csv;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.ExamplesBuilder;
import io.meanfield.data.InvalidRowException;
import io.meanfield.data.RowBlock;
import io.meanfield.data.SkippedRow;
import io.meanfield.data.SkippedRowsAccumulator;
import io.meanfield.data.table.TableRules;
import io.meanfield.data.table.TableSchema;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;

/**
 * Reads the rows of a piece in blocks; travels to executors.
 *
 * @param passed the columns whose text is copied
 * @param skipped receives the rows that cannot be used; empty if they are an error
 */
@DefaultSerializer(JavaSerializer.class)
record CsvRowReader(
    CsvExampleReader examples, List<String> passed, List<SkippedRowsAccumulator> skipped)
    implements Serializable {

  /** Returns the blocks of a piece; runs in a task. The file is closed after the last row. */
  Iterator<RowBlock> read(CsvPiece piece, Configuration hadoop) {
    try {
      CsvParser records = piece.open(hadoop);
      OpenRecords open = OpenRecords.closedWithTask(records);
      TableSchema.requirePassed(passed, piece.header(), piece.file().display());
      return new Blocks(piece, records, open);
    } catch (IOException e) {
      throw piece.file().unreadable(e);
    }
  }

  private CsvRowCheck check() {
    return new CsvRowCheck(
        examples.schema(),
        TableRules.of(examples.encoder()),
        List.of(examples.encoder()),
        false,
        examples.classes());
  }

  private final class Blocks implements Iterator<RowBlock> {
    private final CsvPiece piece;
    private final CsvParser records;
    private final OpenRecords open;
    private final CsvColumns row;
    private final CsvRowCheck check;
    private final List<InferredType> types;
    private final int[] copied;
    private long position;
    private boolean hasRow;

    Blocks(CsvPiece piece, CsvParser records, OpenRecords open) throws IOException {
      this.piece = piece;
      this.records = records;
      this.open = open;
      this.row =
          new CsvColumns(
              examples.schema(),
              TableRules.of(examples.encoder()),
              piece.header(),
              records,
              piece.file().display());
      this.check = check();
      this.types = check.schema().features().stream().map(name -> new InferredType()).toList();
      this.copied = passed.stream().mapToInt(piece.header()::indexOf).toArray();
      records.select(copied);
      this.position = piece.first();
      this.hasRow = advance();
    }

    // A task reads many pieces, and the operating system limits the number of open files.
    private boolean advance() throws IOException {
      boolean found = records.advance();
      if (!found) {
        open.close();
      }
      return found;
    }

    @Override
    public boolean hasNext() {
      return hasRow;
    }

    @Override
    public RowBlock next() {
      if (!hasRow) {
        throw new NoSuchElementException();
      }
      try {
        return block();
      } catch (IOException e) {
        throw piece.file().unreadable(e);
      }
    }

    private RowBlock block() throws IOException {
      ExamplesBuilder block = examples.block(RowBlock.ROWS);
      List<Object[]> values = new ArrayList<>(RowBlock.ROWS);
      do {
        if (isUsable()) {
          examples.add(row, position, block);
          values.add(values());
        }
        position++;
        hasRow = advance();
      } while (hasRow && !block.isFull());
      return new RowBlock(block.build(), values);
    }

    private boolean isUsable() {
      if (skipped.isEmpty()) {
        return true;
      }
      try {
        check.check(row, types);
        return true;
      } catch (InvalidRowException problem) {
        SkippedRow.Place place = row.place(piece.file().display());
        skipped.get(0).add(SkippedRow.of(place, problem));
        return false;
      }
    }

    /** Returns the id, as text or as a position, and the text of the copied columns. */
    private Object[] values() {
      Object[] values = new Object[1 + copied.length];
      values[0] = examples.schema().id().isEmpty() ? (Object) position : row.id();
      for (int i = 0; i < copied.length; i++) {
        String text = records.fields().get(copied[i]);
        values[i + 1] = text.isEmpty() ? null : text;
      }
      return values;
    }
  }
}
