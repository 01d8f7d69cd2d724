package io.meanfield.store.file;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.UUID;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Writes a file under a draft name in the same directory, flushes it to the disk, closes it, reads
 * it back, and only then gives it its name.
 */
public abstract sealed class DraftStore implements AtomicStore permits LocalStore, RenameStore {
  private final FileSystem fileSystem;
  private final Fence fence;

  DraftStore(FileSystem fileSystem, Fence fence) {
    this.fileSystem = fileSystem;
    this.fence = fence;
  }

  /** Makes a directory and its parents unless they exist. */
  void makeDirectory(Path directory) throws IOException {
    fileSystem.mkdirs(directory);
  }

  /** Opens a new draft, whose bytes are on the disk when the stream is closed. */
  abstract OutputStream open(Path draft) throws IOException;

  /**
   * Gives a draft its name.
   *
   * @throws FileAlreadyExistsException if another writer has taken the name
   * @throws IOException if it is unknown whether this call has given the name
   */
  abstract void link(Path draft, Path path) throws IOException;

  /** Gives a file another name; replaces an existing file. */
  abstract void rename(Path from, Path to) throws IOException;

  @Override
  public void create(Path path, FileContent content) throws IOException {
    if (fileSystem.exists(path)) {
      throw new FileAlreadyExistsException(path.toString());
    }
    withDraft(path, content, draft -> whileHeld(() -> link(draft, path)));
  }

  @Override
  public void replace(Path path, FileContent content) throws IOException {
    withDraft(path, content, draft -> move(draft, path));
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    whileHeld(() -> rename(from, to));
  }

  @Override
  public void moveDirectory(Path from, Path to) throws IOException {
    move(from, to);
  }

  @Override
  public byte[] read(Path path, int most) throws IOException {
    try (InputStream in = InputFile.open(fileSystem, path)) {
      return InputFile.readBytes(in, most);
    }
  }

  private void whileHeld(Step step) throws IOException {
    fence.whileHeld(
        () -> {
          step.run();
          return true;
        });
  }

  private void withDraft(Path path, FileContent content, DraftUse use) throws IOException {
    fence.requireHeld();
    Path draft = new Path(path.getParent(), "." + path.getName() + "." + UUID.randomUUID());
    makeDirectory(path.getParent());
    try {
      write(draft, content);
      use.with(draft);
    } finally {
      fileSystem.delete(draft, false);
    }
  }

  private void write(Path draft, FileContent content) throws IOException {
    Checksum checksum = new Checksum();
    try (OutputStream out = checksum.count(open(draft))) {
      content.writeTo(out);
    }
    checksum.verify(fileSystem, draft);
  }

  @FunctionalInterface
  private interface DraftUse {
    void with(Path draft) throws IOException;
  }

  @FunctionalInterface
  public interface Step {
    void run() throws IOException;
  }

  /** Flushes the written bytes to the disk before it closes. */
  static final class SyncedStream extends FilterOutputStream {
    private final Step sync;

    SyncedStream(OutputStream out, Step sync) {
      super(out);
      this.sync = sync;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      try {
        sync.run();
      } finally {
        super.close();
      }
    }
  }
}
