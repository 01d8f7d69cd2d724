package io.meanfield.data.parquet.rowgroup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ValuesType;
import org.apache.parquet.column.values.ValuesReader;

/**
 * Which rows of a page have a value, in runs of rows that all have one or all have none. In most
 * pages all rows have one.
 */
abstract class PresenceRuns {
  /** A page all of whose rows have a value. */
  static final PresenceRuns ALL =
      new PresenceRuns() {
        @Override
        int next(int most) {
          return most;
        }

        @Override
        boolean isPresent() {
          return true;
        }
      };

  /** Returns the runs of a page of the first version, whose levels are taken from its bytes. */
  static PresenceRuns of(
      ColumnDescriptor column, Encoding encoding, int rows, ByteBufferInputStream page)
      throws IOException {
    if (column.getMaxDefinitionLevel() == 0) {
      return ALL;
    }
    if (encoding == Encoding.RLE) {
      int size = page.slice(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).getInt();
      return new Encoded(page.slice(size));
    }
    ValuesReader levels = encoding.getValuesReader(column, ValuesType.DEFINITION_LEVEL);
    levels.initFromPage(rows, page);
    return new Single(levels);
  }

  /** Returns the runs of a page of the second version. */
  static PresenceRuns of(ColumnDescriptor column, ByteBuffer levels) {
    return column.getMaxDefinitionLevel() == 0 ? ALL : new Encoded(levels);
  }

  /**
   * Returns the number of rows of the next run, or of its part.
   *
   * @param most the number of rows at most, at least 1
   */
  abstract int next(int most) throws IOException;

  /** Returns whether the rows of the run have values. */
  abstract boolean isPresent();

  /** Levels of one bit in the encoding RLE: runs of equal bits and groups of eight bits. */
  private static final class Encoded extends PresenceRuns {
    private final ByteBuffer bytes;
    private boolean isPacked;
    private boolean isPresent;
    private int groups;
    private int bits;
    private int left;

    Encoded(ByteBuffer bytes) {
      this.bytes = bytes;
    }

    @Override
    int next(int most) throws IOException {
      while (left == 0) {
        start();
      }
      int count = Math.min(most, left);
      if (isPacked) {
        isPresent = (bits & 1) != 0;
        count = Math.min(count, Integer.numberOfTrailingZeros(isPresent ? ~bits : bits));
        bits >>>= count;
      }
      left -= count;
      return count;
    }

    private void start() throws IOException {
      if (groups == 0) {
        startRun();
      } else {
        groups--;
        left = Byte.SIZE;
        // The last bytes may be left out.
        bits = bytes.hasRemaining() ? Byte.toUnsignedInt(bytes.get()) : 0;
      }
    }

    private void startRun() throws IOException {
      if (!bytes.hasRemaining()) {
        throw new IOException("the levels of a page end too early");
      }
      int header = header();
      isPacked = (header & 1) != 0;
      if (isPacked) {
        groups = header >>> 1;
      } else {
        left = header >>> 1;
        isPresent = bytes.get() == 1;
      }
    }

    // An integer of a variable number of bytes.
    private int header() {
      int header = 0;
      int shift = 0;
      byte next;
      do {
        next = bytes.get();
        header |= (next & 0x7f) << shift;
        shift += 7;
      } while (next < 0);
      return header;
    }

    @Override
    boolean isPresent() {
      return isPresent;
    }
  }

  /** Levels in an encoding of old files. */
  private static final class Single extends PresenceRuns {
    private final ValuesReader levels;
    private boolean isPresent;

    Single(ValuesReader levels) {
      this.levels = levels;
    }

    @Override
    int next(int most) {
      isPresent = levels.readInteger() == 1;
      return 1;
    }

    @Override
    boolean isPresent() {
      return isPresent;
    }
  }
}
