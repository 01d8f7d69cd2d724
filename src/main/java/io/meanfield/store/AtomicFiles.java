package io.meanfield.store;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;

/**
 * Writes files so that a reader sees a whole file or none. A file is written under a draft name in
 * the same directory, closed, read back and compared with its checksum, and only then renamed. The
 * fence is checked before the draft is written, and again around the rename.
 */
public final class AtomicFiles {
  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  private static final Pattern DRAFT =
      Pattern.compile("\\..+\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private final Configuration hadoop;
  private final Fence fence;

  AtomicFiles(Configuration hadoop, Fence fence) {
    this.hadoop = hadoop;
    this.fence = fence;
  }

  /**
   * Creates a file unless it exists. The operation is atomic on a local file system (hard link) and
   * on HDFS (rename without overwrite). Hadoop 3.3 has no such operation for other file systems:
   * there an existing file is kept, but two simultaneous writers may both succeed.
   *
   * @return whether this call created the file
   */
  public boolean putIfAbsent(Path path, Content content) throws IOException {
    FileSystem fileSystem = path.getFileSystem(hadoop);
    if (fileSystem.exists(path)) {
      return false;
    }
    Path draft = draft(fileSystem, path, content);
    try {
      return fence.whileHeld(() -> put(fileSystem, draft, path));
    } catch (FileAlreadyExistsException | org.apache.hadoop.fs.FileAlreadyExistsException lost) {
      return false;
    } finally {
      fileSystem.delete(draft, false);
    }
  }

  private boolean put(FileSystem fileSystem, Path draft, Path path) throws IOException {
    if (fileSystem instanceof LocalFileSystem local) {
      return link(local, draft, path);
    }
    FileContext.getFileContext(path.toUri(), hadoop).rename(draft, path, Options.Rename.NONE);
    return true;
  }

  // Both rename and create of Hadoop's local file system let several threads succeed; a hard link
  // lets only one.
  private static boolean link(LocalFileSystem local, Path draft, Path path) throws IOException {
    java.nio.file.Path target = local.pathToFile(path).toPath();
    Files.createLink(target, local.pathToFile(draft).toPath());
    forceDirectory(target);
    return true;
  }

  /** Writes a file; replaces an existing one. */
  public void replace(Path path, Content content) throws IOException {
    FileSystem fileSystem = path.getFileSystem(hadoop);
    Path draft = draft(fileSystem, path, content);
    try {
      move(draft, path);
    } finally {
      fileSystem.delete(draft, false);
    }
  }

  /** Renames a complete file within its file system; replaces an existing one. */
  void move(Path from, Path to) throws IOException {
    FileSystem fileSystem = to.getFileSystem(hadoop);
    fence.whileHeld(
        () -> {
          if (fileSystem instanceof LocalFileSystem local) {
            moveLocally(local, from, to);
          } else {
            FileContext.getFileContext(to.toUri(), hadoop)
                .rename(from, to, Options.Rename.OVERWRITE);
          }
          return true;
        });
  }

  /** Deletes a file, or a directory with its contents, if it exists. */
  void delete(Path path) throws IOException {
    FileSystem fileSystem = path.getFileSystem(hadoop);
    fence.whileHeld(() -> fileSystem.delete(path, true));
  }

  // Renames without FileContext, which starts a process for every local rename. A checksum file of
  // Hadoop is moved last: Hadoop reads a file without a checksum, but not one with a wrong
  // checksum.
  private static void moveLocally(LocalFileSystem local, Path from, Path to) throws IOException {
    Path toChecksum = local.getChecksumFile(to);
    Files.deleteIfExists(local.pathToFile(toChecksum).toPath());
    rename(local, from, to);
    Path fromChecksum = local.getChecksumFile(from);
    if (Files.exists(local.pathToFile(fromChecksum).toPath())) {
      rename(local, fromChecksum, toChecksum);
    }
    forceDirectory(local.pathToFile(to).toPath());
  }

  private static void rename(LocalFileSystem local, Path from, Path to) throws IOException {
    Files.move(
        local.pathToFile(from).toPath(),
        local.pathToFile(to).toPath(),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** Deletes the drafts under a directory that killed processes have left. */
  void deleteDrafts(Path directory) throws IOException {
    for (FileStatus entry : directory.getFileSystem(hadoop).listStatus(directory)) {
      if (entry.isDirectory()) {
        deleteDrafts(entry.getPath());
      } else if (DRAFT.matcher(entry.getPath().getName()).matches()) {
        delete(entry.getPath());
      }
    }
  }

  private Path draft(FileSystem fileSystem, Path path, Content content) throws IOException {
    fence.requireHeld();
    Path draft = new Path(path.getParent(), "." + path.getName() + "." + UUID.randomUUID());
    fileSystem.mkdirs(path.getParent());
    try {
      CRC32C written = new CRC32C();
      try (OutputStream out = new CheckedOutputStream(open(fileSystem, draft), written)) {
        content.writeTo(out);
      }
      verify(fileSystem, draft, written.getValue());
      return draft;
    } catch (IOException | RuntimeException e) {
      fileSystem.delete(draft, false);
      throw e;
    }
  }

  private static OutputStream open(FileSystem fileSystem, Path draft) throws IOException {
    if (fileSystem instanceof LocalFileSystem local) {
      // Without Hadoop's local file system, which leaves .crc files beside the file and does not
      // flush to the disk on close.
      FileChannel channel =
          FileChannel.open(
              local.pathToFile(draft).toPath(),
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.WRITE);
      return new SyncedStream(Channels.newOutputStream(channel), () -> channel.force(true));
    }
    FSDataOutputStream stream = fileSystem.create(draft, false);
    return new SyncedStream(stream, stream::hsync);
  }

  /** Flushes the written bytes to the disk before it closes. */
  private static final class SyncedStream extends FilterOutputStream {
    private final Sync sync;

    SyncedStream(OutputStream out, Sync sync) {
      super(out);
      this.sync = sync;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      sync.run();
      super.close();
    }
  }

  @FunctionalInterface
  private interface Sync {
    void run() throws IOException;
  }

  private static void verify(FileSystem fileSystem, Path draft, long expected) throws IOException {
    CRC32C read = new CRC32C();
    try (InputStream in = new CheckedInputStream(fileSystem.open(draft), read)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    if (read.getValue() != expected) {
      throw new UserException(
          ErrorCode.STORE_UNWRITABLE,
          draft
              + " reads back with checksum "
              + read.getValue()
              + ", written was "
              + expected
              + "; the disk or the file system is damaged");
    }
  }

  private static void forceDirectory(java.nio.file.Path file) throws IOException {
    try (FileChannel directory = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
      directory.force(true);
    }
  }
}
