package io.meanfield.data;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.settings.Complaint;
import io.meanfield.settings.ErrorCode;
import io.meanfield.store.Locations;
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
 * A text with a header, raw or gzipped, in UTF-8.
 *
 * @param location a Hadoop URI
 */
@DefaultSerializer(JavaSerializer.class) // Kryo 4 cannot write the final fields of a record
record CsvFile(String location, char delimiter) implements Serializable {
  private static final int GZIP_MAGIC = 0x1f8b;

  /** What is done with the records. */
  @FunctionalInterface
  interface Reading<T> {
    T read(CsvRecords records) throws IOException;
  }

  String shown() {
    return Locations.shown(new Path(location));
  }

  /** The names of its columns. */
  List<String> header(Configuration hadoop) {
    return read(hadoop, records -> header(records, shown()));
  }

  /** Goes to the first record, which names the columns. */
  static List<String> header(CsvRecords records, String shown) throws IOException {
    if (!records.advance()) {
      throw new Complaint(
          ErrorCode.DATA_UNREADABLE, shown + " is empty; expected a header with names of columns");
    }
    return records.fields().stream().map(String::strip).toList();
  }

  /**
   * Reads it from the beginning.
   *
   * @throws Complaint if it cannot be read, or is not UTF-8
   */
  <T> T read(Configuration hadoop, Reading<T> reading) {
    try (CsvRecords records = open(hadoop)) {
      return reading.read(records);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Its records; the caller closes them. */
  CsvRecords open(Configuration hadoop) throws IOException {
    Path path = new Path(location);
    InputStream in = new BufferedInputStream(path.getFileSystem(hadoop).open(path), 1 << 16);
    try {
      in.mark(2);
      boolean gzipped = (in.read() << 8 | in.read()) == GZIP_MAGIC;
      in.reset();
      return new CsvRecords(
          new InputStreamReader(
              gzipped ? new GZIPInputStream(in, 1 << 16) : in,
              StandardCharsets.UTF_8
                  .newDecoder()
                  .onMalformedInput(CodingErrorAction.REPORT)
                  .onUnmappableCharacter(CodingErrorAction.REPORT)),
          delimiter,
          shown());
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  Complaint unreadable(IOException e) {
    return new Complaint(
        ErrorCode.DATA_UNREADABLE,
        e instanceof CharacterCodingException
            ? shown() + " is not a text in UTF-8"
            : shown() + " cannot be read, or its gzip data are corrupt: " + e.getMessage(),
        e);
  }
}
