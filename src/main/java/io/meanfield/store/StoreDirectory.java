package io.meanfield.store;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.IoReason;
import io.meanfield.error.UserException;
import io.meanfield.json.InvalidJsonException;
import io.meanfield.json.Json;
import io.meanfield.store.file.AtomicFiles;
import io.meanfield.store.file.Fence;
import io.meanfield.store.file.FileContent;
import io.meanfield.store.file.HadoopPaths;
import io.meanfield.store.file.InputFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory on any Hadoop file system whose files are read and written whole; driver only. Names
 * of files are relative to it, such as {@code checkpoints/epoch-000001.state}.
 */
public sealed class StoreDirectory permits RunDirectory {
  private static final Logger LOG = LoggerFactory.getLogger(StoreDirectory.class);

  private final Configuration hadoop;
  private final Path path;
  private final AtomicFiles files;
  private final String setting;
  private final Fence fence;

  StoreDirectory(Configuration hadoop, Path path, String setting, Fence fence) {
    this.hadoop = hadoop;
    this.path = path;
    this.files = new AtomicFiles(hadoop, fence);
    this.setting = setting;
    this.fence = fence;
  }

  /**
   * Returns a directory that every process may write to at any time.
   *
   * @param setting the setting that locates the directory, for messages
   */
  public static StoreDirectory shared(Configuration hadoop, Path path, String setting) {
    return new StoreDirectory(hadoop, path, setting, Fence.OPEN);
  }

  public AtomicFiles files() {
    return files;
  }

  final Path path() {
    return path;
  }

  public final Path path(String name) {
    return new Path(path, name);
  }

  /** The location of the directory, for messages. */
  public final String display() {
    return HadoopPaths.display(path);
  }

  /** Returns the location of a file, for messages. */
  public final String display(String name) {
    return HadoopPaths.display(path(name));
  }

  /** Asks a file system about a path. */
  @FunctionalInterface
  interface Question<T> {
    T ask(FileSystem files, Path path) throws IOException;
  }

  /** Returns what the file system says about a name; empty if nothing has the name. */
  final <T> Optional<T> find(String name, Question<T> question) {
    try {
      return Optional.of(question.ask(fileSystem(), path(name)));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw unreadable(path(name), e);
    }
  }

  /** Returns the file or directory of this machine with a name; empty on other file systems. */
  final Optional<java.nio.file.Path> local(String name) {
    return find(name, (system, path) -> HadoopPaths.local(system, path)).flatMap(file -> file);
  }

  /** Returns whether there is a file or directory with this name. */
  public final boolean exists(String name) {
    return find(name, FileSystem::exists).orElse(false);
  }

  /**
   * Returns the bytes of a file, or of all files in a directory; 0 if there is none. Follows no
   * link of this machine, which may lead to a directory above it.
   */
  public final long size(String name) {
    return find(name, StoreDirectory::size).orElse(0L);
  }

  private static long size(FileSystem system, Path path) throws IOException {
    Optional<java.nio.file.Path> local = HadoopPaths.local(system, path);
    if (local.isEmpty()) {
      return system.getContentSummary(path).getLength();
    }
    try {
      return PathUtils.countDirectory(local.get()).getByteCounter().get();
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  /** Returns when a file was written, by the clock of its file system; empty if there is none. */
  final Optional<Instant> modified(String name) {
    return find(name, (system, file) -> system.getFileStatus(file).getModificationTime())
        .map(Instant::ofEpochMilli);
  }

  /** Returns the content of a file, which may be too large for memory, to copy it. */
  public final FileContent content(String name) {
    return out -> {
      try (InputStream in = InputFile.open(fileSystem(), path(name))) {
        in.transferTo(out);
      }
    };
  }

  /**
   * Returns the bytes of a file; empty if there is no such file.
   *
   * @throws UserException if it cannot be read, or has more than {@link InputFile#MAX_BYTES}
   */
  public final Optional<byte[]> readBytes(String name) {
    return readBytes(name, InputFile.MAX_BYTES);
  }

  /**
   * Returns the bytes of a file; empty if there is no such file.
   *
   * @param most the largest length that the file can have
   * @throws UserException if it cannot be read, or is larger
   */
  public final Optional<byte[]> readBytes(String name, int most) {
    return find(name, (system, path) -> files.read(path, most));
  }

  /** Returns the record that a JSON file contains; empty if there is no such file. */
  public final <T extends Record> Optional<T> read(String name, Class<T> type) {
    return readBytes(name).map(bytes -> parse(bytes, name, type));
  }

  private <T extends Record> T parse(byte[] bytes, String name, Class<T> type) {
    try {
      return Json.parse(bytes, type);
    } catch (InvalidJsonException e) {
      throw damaged(display(name), e);
    }
  }

  /** Returns the exception for a file that was changed after it was written. */
  static UserException damaged(String file, InvalidJsonException e) {
    return UserException.causedBy(
        e,
        ErrorCode.STORE_UNREADABLE,
        "%s is damaged: %s; restore the file from a backup",
        file,
        e.getMessage());
  }

  /** Returns the manifest in a file; empty if there is no such file. */
  public final Optional<Manifest> readManifest(String name) {
    return readBytes(name).map(bytes -> Manifest.parse(bytes, display(name)));
  }

  /** Returns the names of the complete files and the directories in this one, sorted. */
  public final List<String> list() {
    return list(".");
  }

  /** Returns the names of the complete files and the directories in a directory, sorted. */
  public final List<String> list(String name) {
    return entries(name).map(entry -> entry.getPath().getName()).sorted().toList();
  }

  /** Returns the complete files and the directories in a directory; none if there is none. */
  final Stream<FileStatus> entries(String name) {
    return find(
            name,
            (system, path) -> system.listStatus(path, file -> !file.getName().startsWith(".")))
        .stream()
        .flatMap(Arrays::stream);
  }

  /** The settings with which the directory is read. */
  public final Configuration hadoop() {
    return hadoop;
  }

  public FileSystem fileSystem() throws IOException {
    return path.getFileSystem(hadoop);
  }

  static UserException unreadable(Path file, IOException e) {
    return UserException.causedBy(
        e,
        ErrorCode.STORE_UNREADABLE,
        "cannot read %s: %s",
        HadoopPaths.display(file),
        IoReason.of(e));
  }

  /**
   * Throws unless this process may change the files(). Every change checks this itself; call this
   * method before long work whose results could not be written.
   *
   * @throws UserException if another process has taken a run over
   */
  public final void requireHeld() {
    fence.requireHeld();
  }

  /** Returns a directory below this one. */
  public final StoreDirectory directory(String name) {
    return new StoreDirectory(hadoop(), path(name), setting, fence);
  }

  /**
   * Throws if the directory cannot be written, or if its file system cannot keep two processes from
   * creating the same file; call this before any work is done.
   *
   * @param singleWriter whether the caller guarantees that one process at a time writes
   * @param subject what the files belong to, for messages: "run"
   */
  public final void requireWritable(boolean singleWriter, String subject) {
    try {
      if (!singleWriter && !files().hasAtomicCreate(path())) {
        throw unprotected(subject);
      }
      fileSystem().mkdirs(path());
    } catch (IOException e) {
      throw unwritable(path(), e);
    }
  }

  private UserException unprotected(String subject) {
    return UserException.of(
        ErrorCode.WRONG_SETTINGS,
        "%s must be on a local disk, on HDFS, or on S3A of Hadoop 3.4.2 or newer, found %s, where"
            + " two processes could write the same %s at once; choose another directory, or set"
            + " run.single-writer = true if you make sure that only one process at a time writes a"
            + " %s",
        setting,
        display(),
        subject,
        subject);
  }

  /** Creates a file unless it exists; see {@link AtomicFiles#putIfAbsent}. */
  public final boolean putIfAbsent(String name, FileContent content) {
    try {
      return files().putIfAbsent(path(name), content);
    } catch (IOException e) {
      throw unwritable(path(name), e);
    }
  }

  /** Writes a file; see {@link AtomicFiles#replace}. */
  public final void replace(String name, FileContent content) {
    try {
      files().replace(path(name), content);
    } catch (IOException e) {
      throw unwritable(path(name), e);
    }
  }

  /** Deletes a file, or a directory with its contents, if it exists. */
  public final void delete(String name) {
    try {
      files().delete(path(name));
    } catch (IOException e) {
      throw unwritable(path(name), e);
    }
  }

  /**
   * Deletes the drafts of killed writers and a directory of drafts; no other process writes. What
   * cannot be deleted stays, because it is no part of any result.
   */
  void deleteDrafts(String drafts) {
    try {
      files().deleteDrafts(path());
      files().delete(path(drafts));
    } catch (IOException e) {
      LOG.warn("cannot delete the drafts in {}: {}", display(), IoReason.of(e));
    }
  }

  public UserException unwritable(Path file, IOException e) {
    return UserException.causedBy(
        e,
        ErrorCode.STORE_UNWRITABLE,
        "cannot write %s: %s; check %s, its permissions and the free space",
        HadoopPaths.display(file),
        IoReason.of(e),
        setting);
  }
}
