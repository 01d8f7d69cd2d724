package io.meanfield.data.idx;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.Gzip;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.HadoopPaths;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A file in the IDX format of MNIST, unsigned bytes only, raw or gzipped: two zero bytes, element
 * type, number of dimensions, the dimensions as big-endian 32-bit integers, the elements. The
 * header has been read and, for a raw file, the length has been checked.
 *
 * @param location a Hadoop URI
 * @param dimensions the first is the number of examples
 */
@DefaultSerializer(JavaSerializer.class)
record IdxFile(String location, boolean gzipped, List<Integer> dimensions) implements Serializable {
  private static final int UNSIGNED_BYTE = 0x08;

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
   * Opens the file of that name or, if there is none, the one of that name and {@code .gz}, and
   * reads its header.
   *
   * @throws UserException if there is no file, or it is not of the kind {@code kind}
   */
  static IdxFile inspect(Configuration hadoop, String written, FileType kind) {
    Path path = existing(hadoop, HadoopPaths.resolve(written));
    try (FSDataInputStream in = path.getFileSystem(hadoop).open(path)) {
      boolean gzipped = Gzip.startsAt(in);
      in.seek(0);
      DataInputStream data = new DataInputStream(gzipped ? new GZIPInputStream(in) : in);
      IdxFile file =
          new IdxFile(path.toString(), gzipped, header(data, HadoopPaths.display(path), kind));
      file.checkLength(path.getFileSystem(hadoop).getFileStatus(path).getLen());
      return file;
    } catch (IOException e) {
      throw unreadable(HadoopPaths.display(path) + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static Path existing(Configuration hadoop, Path path) {
    try {
      FileSystem files = path.getFileSystem(hadoop);
      Path zipped = path.suffix(".gz");
      if (files.exists(path)) {
        return path;
      }
      if (files.exists(zipped)) {
        return zipped;
      }
    } catch (IOException e) {
      throw unreadable(HadoopPaths.display(path) + " cannot be read: " + e.getMessage(), e);
    }
    throw new UserException(
        ErrorCode.WRONG_SETTINGS,
        HadoopPaths.display(path)
            + " does not exist, nor does "
            + path.getName()
            + ".gz beside it; set data.train and data.test, or run scripts/fetch-mnist");
  }

  private static List<Integer> header(DataInputStream in, String name, FileType kind)
      throws IOException {
    try {
      int zeros = in.readUnsignedShort();
      int type = in.readUnsignedByte();
      int count = in.readUnsignedByte();
      if (zeros != 0) {
        throw unreadable(
            String.format(
                "%s is not an IDX file: expected it to start with 0000, found %04x", name, zeros),
            null);
      }
      if (type != UNSIGNED_BYTE) {
        throw unreadable(
            String.format(
                "%s holds elements of type 0x%02x, expected 0x08, unsigned bytes", name, type),
            null);
      }
      if (count != kind.dimensions) {
        throw unreadable(
            name
                + " has "
                + count
                + " dimensions, expected "
                + kind.dimensions
                + " for "
                + kind.name().toLowerCase(java.util.Locale.ROOT),
            null);
      }
      int[] dimensions = new int[count];
      for (int i = 0; i < count; i++) {
        dimensions[i] = in.readInt();
        if (dimensions[i] < 1) {
          throw unreadable(
              name + " has dimension " + i + " of " + dimensions[i] + ", expected at least 1",
              null);
        }
      }
      return IntStream.of(dimensions).boxed().toList();
    } catch (EOFException e) {
      throw unreadable(
          name + " ends inside its header of " + (4 + 4 * kind.dimensions) + " bytes", e);
    }
  }

  private void checkLength(long found) {
    long expected = headerBytes() + count() * (long) width();
    if (!gzipped && found < expected) {
      throw unreadable(
          display()
              + " is cut short: expected "
              + expected
              + " bytes, found "
              + found
              + ", "
              + (expected - found)
              + " are missing",
          null);
    }
    if (!gzipped && found > expected) {
      throw trailingBytes(Long.toString(found - expected));
    }
  }

  /** Where it is, for messages. */
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

  /** Bytes of one example. */
  int width() {
    return dimensions.stream().skip(1).reduce(1, Math::multiplyExact);
  }

  private int headerBytes() {
    return 4 + 4 * dimensions.size();
  }

  /** The elements from example {@code first} on; the caller closes it. */
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
        display()
            + " is cut short or its gzip data are corrupt: expected "
            + count()
            + " examples of "
            + width()
            + " bytes, reading stopped after example "
            + readExamples
            + " ("
            + cause.getMessage()
            + ")",
        cause);
  }

  UserException trailingBytes(String bytes) {
    return unreadable(
        display()
            + " has "
            + bytes
            + " bytes after its "
            + count()
            + " examples of "
            + width()
            + " bytes, expected none",
        null);
  }

  static UserException unreadable(String message, Throwable cause) {
    return new UserException(ErrorCode.DATA_UNREADABLE, message, cause);
  }
}
