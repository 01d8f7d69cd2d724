package io.meanfield.store.file;

import com.google.errorprone.annotations.FormatMethod;
import io.meanfield.error.Printable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDateTime;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * Reads a zip file of unknown origin, one entry after the other, without trusting the sizes that it
 * announces. Every method throws an {@link Unreadable} for an entry that is damaged, truncated or
 * too long, a name that is not UTF-8, a directory, a second entry of the same name, and too many
 * entries. The zip's own directory at the end is not read.
 */
public final class ZipReader {
  private static final LocalDateTime ZIP_EPOCH = LocalDateTime.of(1980, 1, 1, 0, 0);
  private static final String COPY_AGAIN = "; copy or write it again";

  private final Entries zip;
  private final int maxEntries;
  private final Set<String> names = new LinkedHashSet<>();

  /**
   * Creates a reader of a stream, which it leaves open.
   *
   * @param maxEntries the number of entries after which the file is refused
   */
  public ZipReader(InputStream in, int maxEntries) {
    this.zip = new Entries(in);
    this.maxEntries = maxEntries;
  }

  /** Moves to the next entry and returns its name; empty at the end of the file. */
  public Optional<String> next() throws IOException {
    ZipEntry entry = zip.getNextEntry();
    if (entry == null) {
      return Optional.empty();
    }
    String name = entry.getName();
    if (entry.isDirectory()) {
      throw new Unreadable("has a folder %s, expected files only", Printable.quoted(name));
    }
    if (!names.add(name)) {
      throw new Unreadable(
          "has two entries %s, expected one%s", Printable.quoted(name), COPY_AGAIN);
    }
    if (names.size() > maxEntries) {
      throw new Unreadable("has more than %s entries", maxEntries);
    }
    return Optional.of(name);
  }

  /** Returns the names of the entries so far, in the order of the file. */
  public Set<String> names() {
    return new LinkedHashSet<>(names);
  }

  /** Returns the content of the entry; the stream ends where the entry ends. */
  public InputStream content() {
    return zip;
  }

  /**
   * Returns the content of the entry.
   *
   * @param limit the length in bytes above which the entry is refused
   */
  public byte[] bytes(int limit) throws IOException {
    byte[] content = zip.readNBytes(limit);
    if (zip.read() >= 0) {
      throw tooLong(limit);
    }
    return content;
  }

  /**
   * Reads the entry without keeping it.
   *
   * @param limit the length in bytes above which the entry is refused
   */
  public void skip(long limit) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long length = 0;
    for (int read = zip.read(buffer); read >= 0; read = zip.read(buffer)) {
      length += read;
      if (length > limit) {
        throw tooLong(limit);
      }
    }
  }

  private Unreadable tooLong(long limit) {
    String entry = names.stream().reduce((first, second) -> second).orElseThrow();
    return new Unreadable(
        "has more than %s bytes in %s, expected at most that many", limit, Printable.quoted(entry));
  }

  /**
   * Returns a new entry with the earliest time that a zip file can store: equal bytes each time.
   */
  public static ZipEntry undated(String name) {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(ZIP_EPOCH);
    return entry;
  }

  /** A zip file that is refused; the message follows the name of the file. */
  public static final class Unreadable extends ZipException {
    private static final long serialVersionUID = 1L;

    @FormatMethod
    Unreadable(String format, Object... arguments) {
      super(String.format(Locale.ROOT, format, arguments));
    }
  }

  /** The entries, with Meanfield's own messages for damage. */
  private static final class Entries extends ZipInputStream {
    Entries(InputStream in) {
      super(in);
    }

    @Override
    public ZipEntry getNextEntry() throws IOException {
      try {
        return super.getNextEntry();
      } catch (Unreadable e) {
        throw e;
      } catch (ZipException | EOFException | IllegalArgumentException e) {
        throw damaged(e);
      }
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
      try {
        return super.read(target, offset, count);
      } catch (ZipException | EOFException e) {
        throw damaged(e);
      }
    }

    private static Unreadable damaged(Exception cause) {
      Unreadable damaged = new Unreadable("is a damaged zip file%s", COPY_AGAIN);
      damaged.initCause(cause);
      return damaged;
    }
  }
}
