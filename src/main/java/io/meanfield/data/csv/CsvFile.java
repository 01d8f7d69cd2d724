package io.meanfield.data.csv;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.Gzip;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.IoReason;
import io.meanfield.error.UserException;
import io.meanfield.store.HadoopPaths;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.Serializable;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/**
 * A CSV file with a header, in UTF-8, raw or gzipped.
 *
 * @param location a Hadoop URI
 */
@DefaultSerializer(JavaSerializer.class)
record CsvFile(String location, char delimiter) implements Serializable {
  private static final int BUFFER = 1 << 16;
  private static final int MAX_HEADER = 1 << 24; // of a million columns

  /** Reads a value from the records of a file. */
  @FunctionalInterface
  interface RecordReader<T> {
    T read(CsvParser records) throws IOException;
  }

  String display() {
    return HadoopPaths.display(new Path(location));
  }

  /** Returns the names of the columns. */
  List<String> header(Configuration hadoop) {
    return read(hadoop, records -> header(records, display()));
  }

  /** Parses the file and returns the number of its rows, without the header. */
  long rows(Configuration hadoop) {
    return read(
        hadoop,
        records -> {
          header(records, display());
          long rows = 0;
          while (records.advance()) {
            rows++;
          }
          return rows;
        });
  }

  /** Reads the first record, which names the columns. */
  static List<String> header(CsvParser records, String display) throws IOException {
    if (!records.advance()) {
      throw new UserException(
          ErrorCode.DATA_UNREADABLE,
          display + " is empty; expected a header with names of columns");
    }
    long length = records.fields().stream().mapToLong(String::length).sum();
    if (length > MAX_HEADER) {
      throw new UserException(
          ErrorCode.DATA_UNREADABLE,
          records.where()
              + " must be a header whose names have at most "
              + MAX_HEADER
              + " characters together, found "
              + length
              + "; maybe the file has no header, or lines end without a line feed");
    }
    return records.fields().stream().map(String::strip).toList();
  }

  /**
   * Reads the file from the beginning.
   *
   * @throws UserException if the file cannot be read or is not UTF-8
   */
  <T> T read(Configuration hadoop, RecordReader<T> reader) {
    try (CsvParser records = open(hadoop)) {
      return reader.read(records);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Opens the records of the file; the caller closes them. */
  CsvParser open(Configuration hadoop) throws IOException {
    Path path = new Path(location);
    InputStream in = new BufferedInputStream(path.getFileSystem(hadoop).open(path), BUFFER);
    try {
      in.mark(2);
      boolean gzipped = Gzip.startsAt(in);
      in.reset();
      return new CsvParser(
          text(gzipped ? new GZIPInputStream(in, BUFFER) : in), delimiter, display());
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /**
   * Opens the records in a range of the bytes of a raw file; the caller closes them.
   *
   * @param start the position where a line begins
   * @param end the position after a line
   * @param lineBreaks the number of lines before {@code start}
   */
  CsvParser open(Configuration hadoop, long start, long end, long lineBreaks) throws IOException {
    Path path = new Path(location);
    FSDataInputStream in = path.getFileSystem(hadoop).open(path);
    try {
      in.seek(start);
      InputStream range = new ByteRange(in, end - start);
      return new CsvParser(
          text(new BufferedInputStream(range, BUFFER)), delimiter, display(), lineBreaks);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  private static Reader text(InputStream in) {
    return new InputStreamReader(
        in,
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT));
  }

  /** The next bytes of a stream, up to a number of them. */
  private static final class ByteRange extends FilterInputStream {
    private long rest;

    ByteRange(InputStream in, long length) {
      super(in);
      this.rest = length;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = rest == 0 ? -1 : super.read(bytes, offset, (int) Math.min(length, rest));
      rest -= Math.max(0, read);
      return read;
    }
  }

  UserException unreadable(IOException e) {
    return new UserException(
        ErrorCode.DATA_UNREADABLE,
        e instanceof CharacterCodingException
            ? display() + " is not UTF-8 text"
            : display() + " cannot be read, or its gzip data are corrupt: " + IoReason.of(e),
        e);
  }
}
