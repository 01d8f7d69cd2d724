package io.meanfield.data.parquet.rowgroup;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.HadoopPaths;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.hadoop.util.HadoopStreams;
import shaded.parquet.org.apache.thrift.TException;

/**
 * The metadata at the end of a Parquet file. Its parser allocates what lists declare, so they are
 * parsed with limits before.
 */
public final class Footer {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final int END = Integer.BYTES + MAGIC.length;
  private static final int MAX_LEVELS = 100;

  private Footer() {}

  /**
   * Checks the metadata of a file that Spark reads. Spark reports what else is wrong.
   *
   * @param file the path as a URI
   * @throws UserException if they declare what they do not have
   */
  public static void require(String file, Configuration hadoop) {
    Path path = new Path(URI.create(file));
    try {
      FileSystem fileSystem = path.getFileSystem(hadoop);
      try (FSDataInputStream bytes = fileSystem.open(path)) {
        plain(bytes, fileSystem.getFileStatus(path).getLen())
            .ifPresent(footer -> requireWhole(footer, path));
      }
    } catch (IOException unreadable) {
      // Spark cannot read it either, and reports the reason.
    }
  }

  /**
   * Reads the metadata of a file.
   *
   * @throws UserException if they declare what they do not have
   */
  static ParquetMetadata read(
      HadoopInputFile file, ParquetReadOptions options, FSDataInputStream bytes)
      throws IOException {
    Optional<byte[]> plain =
        options.getDecryptionProperties() == null
            ? plain(bytes, file.getLength())
            : Optional.empty();
    if (plain.isEmpty()) {
      return ParquetFileReader.readFooter(file, options, HadoopStreams.wrap(bytes));
    }
    requireWhole(plain.get(), file.getPath());
    return new ParquetMetadataConverter(options)
        .readParquetMetadata(
            new ByteArrayInputStream(plain.get()), ParquetMetadataConverter.NO_FILTER);
  }

  /** Returns the bytes of the metadata; empty if they are encrypted, or if it is another file. */
  private static Optional<byte[]> plain(FSDataInputStream bytes, long length) throws IOException {
    if (length < MAGIC.length + END) {
      return Optional.empty();
    }
    byte[] end = new byte[END];
    bytes.seek(length - END);
    bytes.readFully(end);
    int size = ByteBuffer.wrap(end).order(ByteOrder.LITTLE_ENDIAN).getInt();
    boolean isPlain = Arrays.equals(end, Integer.BYTES, END, MAGIC, 0, MAGIC.length);
    if (!isPlain || size < 0 || size > length - END - MAGIC.length) {
      return Optional.empty();
    }
    byte[] footer = new byte[size];
    bytes.seek(length - END - size);
    bytes.readFully(footer);
    return Optional.of(footer);
  }

  private static void requireWhole(byte[] footer, Path file) {
    try {
      FileMetaData metadata = new FileMetaData();
      metadata.read(FooterProtocol.of(footer));
      requireFlat(metadata.getSchema(), file);
      requireDescribed(metadata.getRow_groups(), file);
    } catch (TException e) {
      if (!FooterProtocol.isOfSize(e)) {
        return; // Parquet's parser reports it
      }
      throw new UserException(
          ErrorCode.DATA_UNREADABLE,
          damage(file, "a list, a text or a structure in them has no end"),
          e);
    }
  }

  // Parquet's parser calls itself for each level. An element declares how many of the next ones
  // are inside it.
  private static void requireFlat(List<SchemaElement> schema, Path file) {
    Deque<Integer> open = new ArrayDeque<>();
    for (SchemaElement element : schema) {
      while (!open.isEmpty() && open.peek() == 0) {
        open.pop();
      }
      if (!open.isEmpty()) {
        open.push(open.pop() - 1);
      }
      if (element.getNum_children() > 0) {
        open.push(element.getNum_children());
      }
      if (open.size() > MAX_LEVELS) {
        throw new UserException(
            ErrorCode.DATA_UNREADABLE,
            damage(file, "columns are nested in more than " + MAX_LEVELS + " levels"));
      }
    }
  }

  // Parquet's parser takes it for granted that a column that is not encrypted has metadata.
  private static void requireDescribed(List<RowGroup> groups, Path file) {
    boolean isDescribed =
        groups.stream()
            .flatMap(group -> group.getColumns().stream())
            .allMatch(column -> column.isSetMeta_data() || column.isSetCrypto_metadata());
    if (!isDescribed) {
      throw new UserException(
          ErrorCode.DATA_UNREADABLE, damage(file, "a column of a row group has none"));
    }
  }

  private static String damage(Path file, String reason) {
    return HadoopPaths.display(file)
        + " cannot be read: its metadata are damaged ("
        + reason
        + "); restore the file, or remove it from the data";
  }
}
