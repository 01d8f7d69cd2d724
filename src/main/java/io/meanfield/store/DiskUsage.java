package io.meanfield.store;

import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileStatus;

/** The sizes and times of the files of a directory. */
public final class DiskUsage {
  private final StoredFiles directory;

  DiskUsage(StoredFiles directory) {
    this.directory = directory;
  }

  /** Returns the bytes of all files, without replicas. */
  public long bytes() {
    return bytes(".");
  }

  /** Returns the bytes of a file, or of all files in a directory; 0 if there is none. */
  public long bytes(String name) {
    return directory
        .find(name, (files, path) -> files.getContentSummary(path).getLength())
        .orElse(0L);
  }

  /** Returns what has each name in a directory, except drafts; empty if there is none. */
  public SortedMap<String, Entry> entries(String name) {
    SortedMap<String, Entry> entries = new TreeMap<>();
    directory.entries(name).forEach(entry -> entries.put(entry.getPath().getName(), stored(entry)));
    return entries;
  }

  /** Returns what has a name; empty if there is nothing. */
  public Optional<Entry> entry(String name) {
    return directory.find(name, (files, path) -> stored(files.getFileStatus(path)));
  }

  private static Entry stored(FileStatus status) {
    return new Entry(status.isDirectory(), status.isDirectory() ? 0 : status.getLen());
  }

  /** Returns when a file was written, by the clock of its file system; empty if there is none. */
  Optional<Instant> modified(String name) {
    return directory
        .find(name, (files, path) -> files.getFileStatus(path).getModificationTime())
        .map(Instant::ofEpochMilli);
  }

  /**
   * What a listing tells of a name in a directory.
   *
   * @param bytes the length of a file; 0 for a directory
   */
  public record Entry(boolean isDirectory, long bytes) {}
}
