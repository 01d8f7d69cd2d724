package io.meanfield.data.idx;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import com.google.errorprone.annotations.FormatMethod;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.IoReason;
import io.meanfield.error.UserException;
import io.meanfield.store.file.HadoopPaths;
import io.meanfield.store.file.InputFile;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A file in the IDX format of MNIST, raw or gzipped, whose elements are unsigned bytes. The format
 * is two zero bytes, the element type, the number of dimensions, the dimensions as big-endian
 * 32-bit integers, and the elements. An instance exists only if the header is valid and the length
 * of a raw file is right.
 *
 * @param location a Hadoop URI
 * @param dimensions the number of examples, followed by the dimensions of one example
 */
@DefaultSerializer(JavaSerializer.class)
record IdxFile(String location, boolean gzipped, List<Integer> dimensions) implements Serializable {
  private static final int UNSIGNED_BYTE = 0x08;
  private static final int GZIP = 0x1f8b; // RFC 1952
  // A block has at least one example and is one array.
  private static final long LARGEST_EXAMPLE = 1L << 30;

  /** The content of a file, with the number of dimensions that it must have. */
  enum FileType {
    IMAGES(3),
    LABELS(1);

    private final int dimensions;

    FileType(int dimensions) {
      this.dimensions = dimensions;
    }
  }

  /**
   * Reads the header of a file. If no file has that path, the path with {@code .gz} is tried.
   *
   * @throws UserException if there is no file, or if its content is not {@code type}
   */
  static IdxFile inspect(Configuration hadoop, String location, FileType type) {
    Path path = existing(hadoop, HadoopPaths.resolve(location));
    try (FSDataInputStream in = path.getFileSystem(hadoop).open(path)) {
      // Not by the name, which may lack the suffix.
      boolean gzipped = (in.read() << 8 | in.read()) == GZIP;
      in.seek(0);
      DataInputStream data = new DataInputStream(gzipped ? new GZIPInputStream(in) : in);
      IdxFile file =
          new IdxFile(path.toString(), gzipped, header(data, HadoopPaths.display(path), type));
      file.checkLength(path.getFileSystem(hadoop).getFileStatus(path).getLen());
      return file;
    } catch (IOException e) {
      throw unreadable(e, "%s cannot be read: %s", HadoopPaths.display(path), IoReason.of(e));
    }
  }

  private static Path existing(Configuration hadoop, Path path) {
    try {
      FileSystem fileSystem = path.getFileSystem(hadoop);
      Path gzippedPath = path.suffix(".gz");
      InputFile.requireNoPipe(fileSystem, path);
      if (fileSystem.exists(path)) {
        return path;
      }
      if (fileSystem.exists(gzippedPath)) {
        return gzippedPath;
      }
    } catch (IOException e) {
      throw unreadable(e, "%s cannot be read: %s", HadoopPaths.display(path), IoReason.of(e));
    }
    throw UserException.of(
        ErrorCode.WRONG_SETTINGS,
        "found neither %s nor %s.gz beside it; set data.train and data.test, or run"
            + " scripts/fetch-mnist",
        HadoopPaths.display(path),
        path.getName());
  }

  private static List<Integer> header(DataInputStream in, String name, FileType fileType)
      throws IOException {
    try {
      int found = in.readInt();
      int count = fileType.dimensions;
      if (found != (UNSIGNED_BYTE << Byte.SIZE | count)) {
        throw unreadable(
            "%s does not begin as an IDX file of %s: expected %08x, found %08x; check data.format"
                + " and the paths",
            name,
            fileType.name().toLowerCase(Locale.ROOT),
            UNSIGNED_BYTE << Byte.SIZE | count,
            found);
      }
      int[] dimensions = new int[count];
      long width = 1;
      for (int i = 0; i < count; i++) {
        dimensions[i] = in.readInt();
        if (dimensions[i] < 1) {
          throw unreadable(
              "%s has dimension %s of %s, expected at least 1", name, i, dimensions[i]);
        }
        width = i == 0 ? 1 : width * dimensions[i];
        requireWidth(width, name);
      }
      return IntStream.of(dimensions).boxed().toList();
    } catch (EOFException e) {
      throw unreadable(
          e, "%s ends inside its header of %s bytes", name, 4 + 4 * fileType.dimensions);
    }
  }

  private static void requireWidth(long width, String name) {
    if (width > LARGEST_EXAMPLE) {
      throw unreadable(
          "%s has examples of %s bytes, expected at most %s; its header is damaged",
          name, width, LARGEST_EXAMPLE);
    }
  }

  private void checkLength(long found) {
    long expected = headerBytes() + count() * (long) width();
    if (!gzipped && found < expected) {
      throw unreadable(
          "%s is cut short: expected %s bytes, found %s, %s are missing",
          display(), expected, found, expected - found);
    }
    if (!gzipped && found > expected) {
      throw trailingBytes(Long.toString(found - expected));
    }
  }

  /** The location of the file, for messages. */
  String display() {
    return HadoopPaths.display(new Path(location));
  }

  int count() {
    return dimensions.get(0);
  }

  /** Returns the dimensions of one example. */
  List<Integer> shape() {
    return List.copyOf(dimensions.subList(1, dimensions.size()));
  }

  /** The number of bytes of one example. */
  int width() {
    return dimensions.stream().skip(1).reduce(1, Math::multiplyExact);
  }

  private int headerBytes() {
    return 4 + 4 * dimensions.size();
  }

  /** Opens the elements from example {@code first} on; the caller closes the stream. */
  InputStream open(Configuration hadoop, long first) throws IOException {
    Path path = new Path(location);
    FSDataInputStream in = path.getFileSystem(hadoop).open(path);
    long start = headerBytes() + first * width();
    if (!gzipped) {
      in.seek(start);
      return new BufferedInputStream(in);
    }
    InputStream unzipped = new BufferedInputStream(new GZIPInputStream(in));
    try {
      unzipped.skipNBytes(start);
      return unzipped;
    } catch (IOException e) {
      unzipped.close();
      throw e;
    }
  }

  UserException truncated(long readExamples, IOException cause) {
    return unreadable(
        cause,
        "%s is cut short or its gzip data are corrupt: expected %s examples of %s bytes, reading"
            + " stopped after example %s (%s)",
        display(),
        count(),
        width(),
        readExamples,
        IoReason.of(cause));
  }

  UserException trailingBytes(String bytes) {
    return unreadable(
        "%s has %s bytes after its %s examples of %s bytes, expected none",
        display(), bytes, count(), width());
  }

  /** Returns the error of a file that is damaged or cannot be read. */
  @FormatMethod
  static UserException unreadable(String format, Object... arguments) {
    return UserException.of(ErrorCode.DATA_UNREADABLE, format, arguments);
  }

  @FormatMethod
  private static UserException unreadable(Throwable cause, String format, Object... arguments) {
    return UserException.causedBy(cause, ErrorCode.DATA_UNREADABLE, format, arguments);
  }
}
