package io.meanfield.data.frame;

import io.meanfield.data.Examples;
import io.meanfield.data.ExamplesBuilder;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** The rows of a partition as blocks of examples. */
final class BlockIterator implements Iterator<Examples> {
  private final RowCursor rows;
  private final RowReader reader;
  private long number;
  private boolean hasRow;

  /**
   * Moves to the first row.
   *
   * @param first its number
   */
  BlockIterator(RowCursor rows, RowReader reader, long first) {
    this.rows = rows;
    this.reader = reader;
    this.number = first;
    this.hasRow = rows.advance();
  }

  @Override
  public boolean hasNext() {
    return hasRow;
  }

  @Override
  public Examples next() {
    if (!hasRow) {
      throw new NoSuchElementException();
    }
    ExamplesBuilder block = reader.builder(reader.blockSize());
    do {
      reader.add(rows.row(), number++, block);
      hasRow = rows.advance();
    } while (hasRow && !block.isFull());
    return block.build();
  }
}
