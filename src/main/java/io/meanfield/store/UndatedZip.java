package io.meanfield.store;

import java.time.LocalDateTime;
import java.util.zip.ZipEntry;

/**
 * Creates zip entries without the time of writing, so that the bytes of a zip file depend on its
 * content alone.
 */
public final class UndatedZip {
  private static final LocalDateTime ZIP_EPOCH = LocalDateTime.of(1980, 1, 1, 0, 0);

  private UndatedZip() {}

  /** Returns an entry with the earliest time that a zip file can store. */
  public static ZipEntry entry(String name) {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(ZIP_EPOCH);
    return entry;
  }
}
