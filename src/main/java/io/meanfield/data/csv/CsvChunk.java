package io.meanfield.data.csv;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/**
 * A range of the bytes of a CSV file, whose lines are counted without parsing them.
 *
 * @param end the position after the last byte
 */
@DefaultSerializer(JavaSerializer.class)
record CsvChunk(CsvFile file, long start, long end) implements Serializable {
  private static final int BUFFER = 1 << 16;
  private static final int[] BYTE_ORDER_MARK = {0xef, 0xbb, 0xbf};
  private static final int[] GZIP = {0x1f, 0x8b};

  /**
   * What a chunk contains. A line belongs to the chunk in which it begins.
   *
   * @param header the columns of the file; empty unless the chunk is the first one of its file
   * @param first the position where the first line begins; -1 if none begins in the chunk
   * @param lines the number of lines
   * @param records the number of lines that are not empty
   * @param divisible whether a line break always ends a record here: the bytes are not compressed
   *     and have no quote
   */
  @DefaultSerializer(JavaSerializer.class)
  record Lines(List<String> header, long first, long lines, long records, boolean divisible)
      implements Serializable {}

  /** Counts the lines. */
  Lines count(Configuration hadoop) {
    List<String> header = start == 0 ? file.header(hadoop) : List.of();
    Path path = new Path(file.location());
    try (FSDataInputStream in = path.getFileSystem(hadoop).open(path)) {
      if (start == 0 && startsWith(in, GZIP)) {
        return new Lines(header, 0, 0, 0, false);
      }
      boolean marked = start == 0 && startsWith(in, BYTE_ORDER_MARK);
      long from = marked ? BYTE_ORDER_MARK.length : Math.max(0, start - 1);
      in.seek(from);
      return new Counter(from, start == 0, end).count(in, header);
    } catch (IOException e) {
      throw file.unreadable(e);
    }
  }

  private static boolean startsWith(FSDataInputStream in, int[] bytes) throws IOException {
    in.seek(0);
    for (int expected : bytes) {
      if (in.read() != expected) {
        return false;
      }
    }
    return true;
  }

  /** Counts lines; reads on after the end until the last line is known to be empty. */
  private static final class Counter {
    private final long end;
    private long position;
    private boolean begins;
    private long first = -1;
    private long lines;
    private long records;
    private boolean quoted;
    private boolean open;
    private long length;
    private int last;

    Counter(long position, boolean begins, long end) {
      this.position = position;
      this.begins = begins;
      this.end = end;
    }

    Lines count(InputStream in, List<String> header) throws IOException {
      byte[] buffer = new byte[BUFFER];
      int read = in.read(buffer);
      while (read > 0 && addAll(buffer, read)) {
        read = in.read(buffer);
      }
      if (open && length > 0) {
        records++;
      }
      return new Lines(header, first, lines, records, !quoted);
    }

    /** Returns whether more bytes are needed. */
    private boolean addAll(byte[] buffer, int count) {
      int next = 0;
      while (next < count) {
        if (position >= end && (!open || length > 1)) {
          return false;
        }
        int text =
            textLength(buffer, next, (int) Math.min(count, next + Math.max(0, end - position)));
        if (text > 0) {
          addText(text, buffer[next + text - 1]);
        } else {
          add(buffer[next]);
        }
        int added = Math.max(1, text);
        next += added;
        position += added;
      }
      return true;
    }

    /** Returns the number of bytes before the next line feed, and looks for quotes in them. */
    private int textLength(byte[] buffer, int from, int to) {
      int next = from;
      boolean hasQuote = false;
      while (next < to && buffer[next] != '\n') {
        hasQuote |= buffer[next] == '"';
        next++;
      }
      quoted |= hasQuote;
      return next - from;
    }

    private void addText(int bytes, byte newest) {
      if (begins) {
        begin();
      }
      begins = false;
      length += bytes;
      last = newest;
    }

    private void add(byte value) {
      if (value != '\n') {
        quoted |= value == '"';
        addText(1, value);
        return;
      }
      if (begins) {
        begin();
      }
      begins = true;
      endLine();
    }

    private void begin() {
      first = first < 0 ? position : first;
      lines++;
      open = true;
      length = 0;
    }

    private void endLine() {
      boolean empty = length == 0 || (length == 1 && last == '\r');
      if (open && !empty) {
        records++;
      }
      open = false;
    }
  }
}
