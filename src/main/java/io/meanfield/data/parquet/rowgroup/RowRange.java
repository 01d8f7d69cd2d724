package io.meanfield.data.parquet.rowgroup;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Consecutive rows of a data set, which a task reads.
 *
 * @param first the position of the first row in the data set
 * @param pieces the rows in their order, none of them empty
 */
@DefaultSerializer(JavaSerializer.class)
public record RowRange(long first, List<Piece> pieces) implements Serializable {

  /**
   * Consecutive rows of a row group.
   *
   * @param file the path as a URI
   * @param group the number of the row group in the file
   * @param groupStart the number of the first row of the group in the file
   * @param from the first row in the group
   * @param count the number of rows
   */
  @DefaultSerializer(JavaSerializer.class)
  public record Piece(String file, int group, long groupStart, long from, long count)
      implements Serializable {
    /** The number of the first row in its file, from 0. */
    long rowInFile() {
      return groupStart + from;
    }
  }

  public RowRange {
    pieces = List.copyOf(pieces);
  }

  /**
   * Divides the rows of files into ranges of whole blocks. A range ends with the first block that
   * reaches the end of a row group and gives the range {@code least} rows, so that only few rows of
   * a row group are in another range than the others. Only the last block may be incomplete.
   *
   * @param blockSize the number of rows of a block
   */
  public static List<RowRange> divide(List<FileLayout> files, int blockSize, long least) {
    Division division = new Division(blockSize, least);
    for (FileLayout file : files) {
      long groupStart = 0;
      for (int group = 0; group < file.groups().length; group++) {
        division.add(new Piece(file.file(), group, groupStart, 0, file.groups()[group]));
        groupStart += file.groups()[group];
      }
    }
    return division.ranges();
  }

  /** The number of rows. */
  public long count() {
    return pieces.stream().mapToLong(Piece::count).sum();
  }

  /** Receives the row groups of all files, one after the other. */
  private static final class Division {
    private static final long UNKNOWN = Long.MAX_VALUE;

    private final int blockSize;
    private final long least;
    private final List<RowRange> ranges = new ArrayList<>();
    private final List<Piece> open = new ArrayList<>();
    private long first;
    private long added;
    private long end = UNKNOWN;

    Division(int blockSize, long least) {
      this.blockSize = blockSize;
      this.least = least;
    }

    void add(Piece group) {
      long head = Math.min(group.count(), end - added);
      take(group, 0, head);
      if (added == end) {
        close();
      }
      take(group, head, group.count() - head);
      long boundary = (added + blockSize - 1) / blockSize * blockSize;
      if (end == UNKNOWN && boundary - first >= least) {
        end = boundary;
      }
      if (added == end) {
        close();
      }
    }

    private void take(Piece group, long from, long count) {
      if (count > 0) {
        open.add(new Piece(group.file(), group.group(), group.groupStart(), from, count));
        added += count;
      }
    }

    private void close() {
      if (!open.isEmpty()) {
        ranges.add(new RowRange(first, open));
        open.clear();
      }
      first = added;
      end = UNKNOWN;
    }

    List<RowRange> ranges() {
      close();
      return ranges;
    }
  }
}
