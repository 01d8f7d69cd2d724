package io.meanfield.store.file;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.hdfs.DistributedFileSystem;

/**
 * HDFS, whose renames are atomic, and every file system for which no atomic create is known: there
 * two writers of one moment may both create a file, and a reader may miss a file that is being
 * replaced.
 */
public final class RenameStore extends DraftStore {
  private final FileSystem fileSystem;
  private final Configuration hadoop;

  public RenameStore(FileSystem fileSystem, Configuration hadoop, Fence fence) {
    super(fileSystem, fence);
    this.fileSystem = fileSystem;
    this.hadoop = hadoop;
  }

  @Override
  OutputStream open(Path draft) throws IOException {
    FSDataOutputStream stream = fileSystem.create(draft, false);
    return new SyncedStream(stream, stream::hsync);
  }

  @Override
  void link(Path draft, Path path) throws IOException {
    rename(draft, path, Options.Rename.NONE);
  }

  @Override
  void rename(Path from, Path to) throws IOException {
    rename(from, to, Options.Rename.OVERWRITE);
  }

  // Not its subclasses: one of them mounts other file systems into HDFS.
  @Override
  public boolean hasAtomicCreate() {
    return fileSystem.getClass().equals(DistributedFileSystem.class);
  }

  // FileContext refuses a URI without a host, such as hdfs:///runs, which FileSystem accepts.
  private void rename(Path from, Path to, Options.Rename mode) throws IOException {
    Optional<FileContext> context = context();
    if (context.isPresent()) {
      context.get().rename(fileSystem.makeQualified(from), fileSystem.makeQualified(to), mode);
    } else {
      renameInSteps(from, to, mode);
    }
  }

  /** Returns the FileContext; empty if no fs.AbstractFileSystem.SCHEME.impl is set for it. */
  private Optional<FileContext> context() throws IOException {
    try {
      return Optional.of(FileContext.getFileContext(fileSystem.getUri(), hadoop));
    } catch (UnsupportedFileSystemException none) {
      return Optional.empty();
    }
  }

  // As FileContext does for file systems without an atomic rename that replaces a file.
  private void renameInSteps(Path from, Path to, Options.Rename mode) throws IOException {
    if (fileSystem.exists(to)) {
      if (mode == Options.Rename.NONE) {
        throw new FileAlreadyExistsException(to.toString());
      }
      fileSystem.delete(to, false);
    }
    if (!fileSystem.rename(from, to)) {
      throw new IOException("cannot rename %s to %s".formatted(from, to));
    }
  }
}
