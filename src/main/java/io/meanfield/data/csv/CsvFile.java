package io.meanfield.data.csv;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.Gzip;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.HadoopPaths;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Serializable;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A CSV file with a header, in UTF-8, raw or gzipped.
 *
 * @param location a Hadoop URI
 */
@DefaultSerializer(JavaSerializer.class)
record CsvFile(String location, char delimiter) implements Serializable {
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

  /** Reads the first record, which names the columns. */
  static List<String> header(CsvParser records, String display) throws IOException {
    if (!records.advance()) {
      throw new UserException(
          ErrorCode.DATA_UNREADABLE,
          display + " is empty; expected a header with names of columns");
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
    InputStream in = new BufferedInputStream(path.getFileSystem(hadoop).open(path), 1 << 16);
    try {
      in.mark(2);
      boolean gzipped = Gzip.startsAt(in);
      in.reset();
      return new CsvParser(
          new InputStreamReader(
              gzipped ? new GZIPInputStream(in, 1 << 16) : in,
              StandardCharsets.UTF_8
                  .newDecoder()
                  .onMalformedInput(CodingErrorAction.REPORT)
                  .onUnmappableCharacter(CodingErrorAction.REPORT)),
          delimiter,
          display());
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  UserException unreadable(IOException e) {
    return new UserException(
        ErrorCode.DATA_UNREADABLE,
        e instanceof CharacterCodingException
            ? display() + " is not UTF-8 text"
            : display() + " cannot be read, or its gzip data are corrupt: " + e.getMessage(),
        e);
  }
}
