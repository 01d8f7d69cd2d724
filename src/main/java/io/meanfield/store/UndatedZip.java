package io.meanfield.store;

import java.time.LocalDateTime;
import java.util.zip.ZipEntry;

/** Zip files whose bytes are a function of their content: no entry carries the time of writing. */
public final class UndatedZip {
  private static final LocalDateTime ZIP_EPOCH = LocalDateTime.of(1980, 1, 1, 0, 0);

  private UndatedZip() {}

  /** An entry dated to the earliest time that a zip can hold. */
  public static ZipEntry entry(String name) {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(ZIP_EPOCH);
    return entry;
  }
}
