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
 * Files that are there whole or not at all. A file is written beside its place, closed, read back
 * against its checksum, and only then given its name. The fence is asked before the writing begins
 * and stands around the step that others see.
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
   * Creates the file if no file of that name exists, atomically against every other writer on a
   * local file system (hard link) and on HDFS (rename without overwrite). Other file systems have
   * no such primitive in Hadoop 3.3: there an existing file is respected, but two writers at the
   * same moment may both win.
   *
   * @return whether this call created the file
   */
  public boolean putIfAbsent(Path path, Content content) throws IOException {
    FileSystem files = path.getFileSystem(hadoop);
    if (files.exists(path)) {
      return false;
    }
    Path draft = draft(files, path, content);
    try {
      return fence.whileHeld(() -> put(files, draft, path));
    } catch (FileAlreadyExistsException | org.apache.hadoop.fs.FileAlreadyExistsException lost) {
      return false;
    } finally {
      files.delete(draft, false);
    }
  }

  private boolean put(FileSystem files, Path draft, Path path) throws IOException {
    if (files instanceof LocalFileSystem local) {
      return link(local, draft, path);
    }
    FileContext.getFileContext(path.toUri(), hadoop).rename(draft, path, Options.Rename.NONE);
    return true;
  }

  // Hadoop's local rename and create both let several threads win; a hard link does not.
  private static boolean link(LocalFileSystem local, Path draft, Path path) throws IOException {
    java.nio.file.Path target = local.pathToFile(path).toPath();
    Files.createLink(target, local.pathToFile(draft).toPath());
    forceDirectory(target);
    return true;
  }

  /** Writes the file, in place of one of that name if there is one. */
  public void replace(Path path, Content content) throws IOException {
    FileSystem files = path.getFileSystem(hadoop);
    Path draft = draft(files, path, content);
    try {
      move(draft, path);
    } finally {
      files.delete(draft, false);
    }
  }

  /** Gives a complete file another name on the same file system, in place of one of that name. */
  void move(Path from, Path to) throws IOException {
    FileSystem files = to.getFileSystem(hadoop);
    fence.whileHeld(
        () -> {
          if (files instanceof LocalFileSystem local) {
            moveLocally(local, from, to);
          } else {
            FileContext.getFileContext(to.toUri(), hadoop)
                .rename(from, to, Options.Rename.OVERWRITE);
          }
          return true;
        });
  }

  /** Deletes a file, or a directory and all that is in it, if there is one. */
  void delete(Path path) throws IOException {
    FileSystem files = path.getFileSystem(hadoop);
    fence.whileHeld(() -> files.delete(path, true));
  }

  // Past FileContext, which starts a process for every local rename. Hadoop's checksum, if there is
  // one beside the file, comes last: a file without one is read, a file with another's is not.
  private static void moveLocally(LocalFileSystem local, Path from, Path to) throws IOException {
    Path sum = local.getChecksumFile(to);
    Files.deleteIfExists(local.pathToFile(sum).toPath());
    rename(local, from, to);
    Path sumOfFrom = local.getChecksumFile(from);
    if (Files.exists(local.pathToFile(sumOfFrom).toPath())) {
      rename(local, sumOfFrom, sum);
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

  /** Deletes the drafts under a directory that processes left when they were killed. */
  void deleteDrafts(Path directory) throws IOException {
    for (FileStatus entry : directory.getFileSystem(hadoop).listStatus(directory)) {
      if (entry.isDirectory()) {
        deleteDrafts(entry.getPath());
      } else if (DRAFT.matcher(entry.getPath().getName()).matches()) {
        delete(entry.getPath());
      }
    }
  }

  private Path draft(FileSystem files, Path path, Content content) throws IOException {
    fence.requireHeld();
    Path draft = new Path(path.getParent(), "." + path.getName() + "." + UUID.randomUUID());
    files.mkdirs(path.getParent());
    try {
      CRC32C written = new CRC32C();
      try (OutputStream out = new CheckedOutputStream(open(files, draft), written)) {
        content.writeTo(out);
      }
      verify(files, draft, written.getValue());
      return draft;
    } catch (IOException | RuntimeException e) {
      files.delete(draft, false);
      throw e;
    }
  }

  private static OutputStream open(FileSystem files, Path draft) throws IOException {
    if (files instanceof LocalFileSystem local) {
      // Past Hadoop's local file system: it leaves .crc files beside, and its close does not reach
      // the disk.
      FileChannel channel =
          FileChannel.open(
              local.pathToFile(draft).toPath(),
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.WRITE);
      return new SyncedStream(Channels.newOutputStream(channel), () -> channel.force(true));
    }
    FSDataOutputStream stream = files.create(draft, false);
    return new SyncedStream(stream, stream::hsync);
  }

  /** Writes what it has received to the disk before it closes. */
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

  private static void verify(FileSystem files, Path draft, long expected) throws IOException {
    CRC32C read = new CRC32C();
    try (InputStream in = new CheckedInputStream(files.open(draft), read)) {
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
