package io.meanfield.data.csv;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;

/**
 * Parses records as in RFC 4180. Delimiters separate the fields. A field is quoted if it contains a
 * delimiter, a line break or a quote, which is doubled. Lines end with LF or CR LF; empty lines are
 * skipped. A control character is no text: the file is damaged, or has another format.
 */
final class CsvParser implements AutoCloseable {
  private static final int END = -1;
  private static final long LONGEST_RECORD = 1L << 26;
  private static final int MAX_FIELDS = 1_000_000;
  private static final int BYTE_ORDER_MARK = 0xfeff;
  private static final String UNSELECTED = "(not selected)";

  private final Reader in;
  private final char delimiter;
  private final String name;
  private final char[] buffer = new char[1 << 16];
  private final StringBuilder text = new StringBuilder();
  private final List<String> fields = new ArrayList<>();
  private final List<String> readOnlyFields = Collections.unmodifiableList(fields);
  private final BitSet selected = new BitSet();
  private int filled;
  private int next;
  private long lineBreaks;
  private long line;
  // The characters that were read since the current record began, in whole buffers.
  private long recordLength;

  /**
   * Makes a parser that stands before the first record.
   *
   * @param name the name of the input, for messages
   */
  CsvParser(Reader in, char delimiter, String name) throws IOException {
    this(in, delimiter, name, 0);
  }

  /**
   * Makes a parser that stands before a record in the middle of the input.
   *
   * @param lineBreaks the number of line breaks before that record
   */
  CsvParser(Reader in, char delimiter, String name, long lineBreaks) throws IOException {
    this.in = in;
    this.delimiter = delimiter;
    this.name = name;
    this.lineBreaks = lineBreaks;
    if (lineBreaks == 0 && peek() == BYTE_ORDER_MARK) {
      next++;
    }
  }

  /** Moves to the next record; returns whether there is one. */
  boolean advance() throws IOException {
    do {
      if (peek() == END) {
        return false;
      }
      record();
    } while (fields.size() == 1 && fields.get(0).isEmpty());
    return true;
  }

  /**
   * Selects fields by their index, beside those of earlier calls. The other fields of the next
   * records are counted and checked, but their text is not made. Before the first call all fields
   * are selected.
   */
  void select(int... indexes) {
    for (int index : indexes) {
      selected.set(index);
    }
  }

  /** The fields of the current record. The list is overwritten by {@link #advance}. */
  List<String> fields() {
    return readOnlyFields;
  }

  /** Returns the file and the line where the record begins, {@code FILE:LINE}. */
  String where() {
    return name + ":" + line;
  }

  /** Returns the line where the record begins, from 1. */
  long line() {
    return line;
  }

  private void record() throws IOException {
    fields.clear();
    recordLength = 0;
    line = lineBreaks + 1;
    int end;
    do {
      if (fields.size() == MAX_FIELDS) {
        throw malformed(
            " begins a record of more than "
                + MAX_FIELDS
                + " fields; expected a table with fewer columns, or another data.csv.delimiter");
      }
      end = field();
    } while (end == delimiter);
  }

  /** Reads one field; returns the delimiter, line feed or end of input that follows it. */
  private int field() throws IOException {
    text.setLength(0);
    int c = read();
    return c == '"' ? quoted() : plain(c);
  }

  private int plain(int first) throws IOException {
    if (first != END && first != delimiter) {
      requireText(first);
    }
    int end = first == delimiter || first == '\n' || first == END ? filled : endInBuffer();
    return end < filled ? buffered(end) : gathered(first);
  }

  /** Returns the index of the character after the field; {@code filled} if it is not read yet. */
  private int endInBuffer() {
    int end = next;
    while (end < filled && buffer[end] != delimiter && buffer[end] != '\n') {
      requireText(buffer[end]);
      end++;
    }
    return end;
  }

  /** Ends a field that lies in the buffer, from the character before {@code next} on. */
  private int buffered(int end) {
    int begin = next - 1;
    boolean endsLine = buffer[end] == '\n';
    int length = end - begin - (endsLine && buffer[end - 1] == '\r' ? 1 : 0);
    fields.add(length == 0 || isSelected() ? new String(buffer, begin, length) : UNSELECTED);
    next = end + 1;
    lineBreaks += endsLine ? 1 : 0;
    return buffer[end];
  }

  /** Returns whether the text of the next field is needed. */
  private boolean isSelected() {
    return selected.isEmpty() || selected.get(fields.size());
  }

  private int gathered(int first) throws IOException {
    int c = first;
    while (c != delimiter && c != '\n' && c != END) {
      requireText(c);
      text.append((char) c);
      c = read();
    }
    int last = text.length() - 1;
    if (c == '\n' && last >= 0 && text.charAt(last) == '\r') {
      text.setLength(last);
    }
    fields.add(text.toString());
    return c;
  }

  private int quoted() throws IOException {
    while (true) {
      int c = read();
      if (c == END) {
        throw malformed(" opens a quote in field " + (fields.size() + 1) + " that is not closed");
      }
      if (c == '"') {
        c = read();
        if (c != '"') {
          return closed(c);
        }
      }
      requireText(c);
      text.append((char) c);
    }
  }

  private int closed(int after) throws IOException {
    int c = after == '\r' ? read() : after;
    fields.add(text.toString());
    if (c != delimiter && c != '\n' && c != END) {
      throw malformed(" has text after the closing quote of field " + fields.size());
    }
    return c;
  }

  private int read() throws IOException {
    int c = peek();
    if (c != END) {
      next++;
    }
    if (c == '\n') {
      lineBreaks++;
    }
    return c;
  }

  private int peek() throws IOException {
    if (next == filled) {
      filled = Math.max(0, in.read(buffer));
      next = 0;
      recordLength += filled;
      if (recordLength > LONGEST_RECORD) {
        throw malformed(
            " begins a record of more than "
                + LONGEST_RECORD
                + " characters; maybe a quote is not closed, or lines end without a line feed");
      }
    }
    return filled == 0 ? END : buffer[next];
  }

  // A delimiter may be a control character, and a quoted field may contain it.
  private void requireText(int c) {
    if (c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != delimiter) {
      throw malformed(
          String.format(
              " has the control character U+%04X in field %d, expected text",
              c, fields.size() + 1));
    }
  }

  private UserException malformed(String problem) {
    return new UserException(ErrorCode.DATA_UNREADABLE, where() + problem);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
