package io.meanfield.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileStatus;

/** The sizes and times of the files of a directory. */
public final class DiskUsage {
  private final StoreDirectory directory;

  public DiskUsage(StoreDirectory directory) {
    this.directory = directory;
  }

  /** Returns the bytes of all files, without replicas. */
  public long bytes() {
    return bytes(".");
  }

  /** Returns the bytes of a file, or of all files in a directory; 0 if there is none. */
  public long bytes(String name) {
    try {
      return directory.fileSystem().getContentSummary(directory.path(name)).getLength();
    } catch (FileNotFoundException e) {
      return 0;
    } catch (IOException e) {
      throw StoreDirectory.unreadable(directory.path(name), e);
    }
  }

  /**
   * Returns the bytes of each file in a directory by its name; empty if there is no such directory.
   * Files whose names begin with a dot or an underscore are left out, as Spark does.
   */
  public SortedMap<String, Long> files(String name) {
    SortedMap<String, Long> files = new TreeMap<>();
    try {
      for (FileStatus file : directory.fileSystem().listStatus(directory.path(name))) {
        String found = file.getPath().getName();
        if (!found.startsWith(".") && !found.startsWith("_")) {
          files.put(found, file.getLen());
        }
      }
      return files;
    } catch (FileNotFoundException e) {
      return files;
    } catch (IOException e) {
      throw StoreDirectory.unreadable(directory.path(name), e);
    }
  }

  /** Returns what has each name in a directory, except drafts; empty if there is none. */
  public SortedMap<String, StoredFile> entries(String name) {
    SortedMap<String, StoredFile> entries = new TreeMap<>();
    try {
      for (FileStatus status : directory.fileSystem().listStatus(directory.path(name))) {
        String found = status.getPath().getName();
        if (!found.startsWith(".")) {
          entries.put(found, stored(status));
        }
      }
      return entries;
    } catch (FileNotFoundException e) {
      return entries;
    } catch (IOException e) {
      throw StoreDirectory.unreadable(directory.path(name), e);
    }
  }

  /** Returns what has a name; empty if there is nothing. */
  public Optional<StoredFile> entry(String name) {
    try {
      return Optional.of(stored(directory.fileSystem().getFileStatus(directory.path(name))));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw StoreDirectory.unreadable(directory.path(name), e);
    }
  }

  private static StoredFile stored(FileStatus status) {
    return new StoredFile(status.isDirectory(), status.isDirectory() ? 0 : status.getLen());
  }

  /**
   * Returns when a file of the directory was last written, drafts too, by the clock of its file
   * system; empty if there is none.
   */
  public Optional<Instant> lastChange() {
    try {
      return Arrays.stream(directory.fileSystem().listStatus(directory.path(".")))
          .map(status -> Instant.ofEpochMilli(status.getModificationTime()))
          .max(Comparator.naturalOrder());
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw StoreDirectory.unreadable(directory.path("."), e);
    }
  }

  /** Returns when a file was written, by the clock of its file system; empty if there is none. */
  Optional<Instant> modified(String name) {
    try {
      return Optional.of(
          Instant.ofEpochMilli(
              directory.fileSystem().getFileStatus(directory.path(name)).getModificationTime()));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw StoreDirectory.unreadable(directory.path(name), e);
    }
  }
}
