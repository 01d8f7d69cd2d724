package io.meanfield.store.file;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Writes files so that a reader sees a whole file or none. How a file gets its name depends on the
 * file system: {@link LocalStore}, {@link RenameStore} or {@link S3aStore}.
 */
public final class AtomicFiles {
  private static final Pattern DRAFT =
      Pattern.compile("\\..+\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private final Configuration hadoop;
  private final Fence fence;

  public AtomicFiles(Configuration hadoop, Fence fence) {
    this.hadoop = hadoop;
    this.fence = fence;
  }

  /**
   * Creates a file unless it exists. Of several writers only one succeeds, if {@link
   * #hasAtomicCreate} and if their contents differ: after an error the file is read back, and this
   * call has created it if it has this content.
   *
   * @return whether this call created the file
   * @throws IOException if this call has not, or perhaps not, created the file, and no other writer
   *     has
   */
  public boolean putIfAbsent(Path path, FileContent content) throws IOException {
    byte[] bytes = content.bytes();
    try {
      store(path).create(path, out -> out.write(bytes));
      return true;
    } catch (FileAlreadyExistsException lost) {
      return false;
    } catch (IOException unclear) {
      // Also the exception of java.nio for a file that exists: a client of NFS repeats a link whose
      // answer was lost, and finds its own file. HDFS remembers the answers to repeated requests.
      return isReadBack(path, bytes, unclear);
    }
  }

  private boolean isReadBack(Path path, byte[] written, IOException unclear) throws IOException {
    try {
      return Arrays.equals(read(path, InputFile.MAX_BYTES), written);
    } catch (IOException unknown) {
      unclear.addSuppressed(unknown);
      throw unclear;
    }
  }

  /** Writes a file; replaces an existing one. */
  public void replace(Path path, FileContent content) throws IOException {
    store(path).replace(path, content);
  }

  /** Moves a complete file within its file system; replaces an existing one. */
  public void move(Path from, Path to) throws IOException {
    store(to).move(from, to);
  }

  /**
   * Gives a directory another name, which is free, within its file system; at once unless the file
   * system copies each file.
   */
  public void moveDirectory(Path from, Path to) throws IOException {
    store(to).moveDirectory(from, to);
  }

  /** Returns the content of a file of at most some bytes. */
  public byte[] read(Path path, int most) throws IOException {
    return store(path).read(path, most);
  }

  /** Returns whether only one of several writers of the same moment creates a file. */
  public boolean hasAtomicCreate(Path path) throws IOException {
    return store(path).hasAtomicCreate();
  }

  private AtomicStore store(Path path) throws IOException {
    FileSystem fileSystem = path.getFileSystem(hadoop);
    if (fileSystem instanceof LocalFileSystem local) {
      return new LocalStore(local, fence);
    }
    return S3aStore.serves(fileSystem, path)
        ? new S3aStore(fileSystem, fence)
        : new RenameStore(fileSystem, hadoop, fence);
  }

  /**
   * Deletes a file, or a directory with its contents, if it exists.
   *
   * @throws IOException if it still exists, or perhaps does
   */
  public void delete(Path path) throws IOException {
    FileSystem fileSystem = path.getFileSystem(hadoop);
    // Some file systems only return false if they cannot delete a file.
    if (!fence.whileHeld(() -> delete(fileSystem, path)) && fileSystem.exists(path)) {
      throw new IOException("the file system does not delete it");
    }
  }

  private static boolean delete(FileSystem fileSystem, Path path) throws IOException {
    if (fileSystem.delete(path, true)) {
      return true;
    }
    Optional<java.nio.file.Path> link =
        HadoopPaths.local(fileSystem, path).filter(Files::isSymbolicLink); // to nothing
    return link.isPresent() && Files.deleteIfExists(link.get());
  }

  /**
   * Returns the names of all files and directories in a directory, also of those that Hadoop does
   * not see: checksums and links to nothing. None if there is no directory.
   */
  public List<String> names(Path directory) throws IOException {
    FileSystem fileSystem = directory.getFileSystem(hadoop);
    Optional<java.nio.file.Path> local = HadoopPaths.local(fileSystem, directory);
    if (local.isEmpty()) {
      return names(fileSystem, directory);
    }
    try (Stream<java.nio.file.Path> entries = Files.list(local.get())) {
      return entries.map(entry -> entry.getFileName().toString()).toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  private static List<String> names(FileSystem fileSystem, Path directory) throws IOException {
    try {
      return Arrays.stream(fileSystem.listStatus(directory))
          .map(entry -> entry.getPath().getName())
          .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  /** Deletes the drafts under a directory that killed processes have left. */
  public void deleteDrafts(Path directory) throws IOException {
    FileSystem fileSystem = directory.getFileSystem(hadoop);
    for (FileStatus entry : fileSystem.listStatus(directory)) {
      if (HadoopPaths.local(fileSystem, entry.getPath())
          .filter(Files::isSymbolicLink)
          .isPresent()) {
        continue; // it may lead to a directory above
      }
      if (entry.isDirectory()) {
        deleteDrafts(entry.getPath());
      } else if (DRAFT.matcher(entry.getPath().getName()).matches()) {
        delete(entry.getPath());
      }
    }
  }
}
