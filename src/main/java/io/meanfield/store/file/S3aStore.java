package io.meanfield.store.file;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * S3 through Hadoop's S3A, from Hadoop 3.4.2 on: every file is one PUT of the whole object, which
 * gets its name when the stream is closed. To create a file is a conditional PUT ({@code
 * If-None-Match: *}). Nothing is renamed, because a rename copies and deletes.
 */
final class S3aStore implements AtomicStore {
  // Constants of Hadoop 3.4.2; this code is compiled against 3.3.4.
  private static final String CONDITIONAL_CREATE = "fs.option.create.conditional.overwrite";
  private static final String REPLACED = "org.apache.hadoop.fs.s3a.RemoteFileChangedException";

  private static final int MOST_READS = 20;

  private final FileSystem fileSystem;
  private final Fence fence;

  S3aStore(FileSystem fileSystem, Fence fence) {
    this.fileSystem = fileSystem;
    this.fence = fence;
  }

  /** Returns whether the file system is S3A of a Hadoop with conditional creates. */
  static boolean serves(FileSystem fileSystem, Path path) throws IOException {
    return "s3a".equals(fileSystem.getUri().getScheme())
        && fileSystem.hasPathCapability(path, CONDITIONAL_CREATE);
  }

  // No exception proves that another writer was first: the client repeats a request whose answer
  // was lost, and finds its own object.
  @Override
  public void create(Path path, FileContent content) throws IOException {
    put(path, builder(path).overwrite(false).must(CONDITIONAL_CREATE, true), content);
  }

  @Override
  public void replace(Path path, FileContent content) throws IOException {
    put(path, builder(path).overwrite(true), content);
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    try (InputStream in = fileSystem.open(from)) {
      replace(to, in::transferTo);
    }
    fileSystem.delete(from, false);
  }

  @Override
  public void moveDirectory(Path from, Path to) throws IOException {
    if (!fence.whileHeld(() -> fileSystem.rename(from, to))) {
      throw new IOException("cannot rename %s to %s".formatted(from, to));
    }
  }

  // S3A notices that an object was replaced after it was opened, and fails. It tells denied access
  // from missing objects, so that nothing is asked besides (InputFile).
  @Override
  public byte[] read(Path path, int most) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try (InputStream in = fileSystem.open(path)) {
        return InputFile.readBytes(in, most);
      } catch (IOException e) {
        if (!e.getClass().getName().equals(REPLACED)) {
          throw e;
        }
        if (attempt == MOST_READS) {
          throw new IOException(
              String.format(
                  Locale.ROOT,
                  "it was another object in each of %s reads; maybe the store changes ETags, see"
                      + " fs.s3a.change.detection.mode",
                  MOST_READS),
              e);
        }
      }
    }
  }

  @Override
  public boolean hasAtomicCreate() {
    return true;
  }

  private FSDataOutputStreamBuilder<?, ?> builder(Path path) {
    return fileSystem.createFile(path).recursive();
  }

  private void put(Path path, FSDataOutputStreamBuilder<?, ?> builder, FileContent content)
      throws IOException {
    fence.requireHeld();
    Checksum checksum = new Checksum();
    FSDataOutputStream object = builder.build();
    try {
      content.writeTo(checksum.count(new OpenStream(object)));
      fence.whileHeld(
          () -> {
            object.close();
            return true;
          });
    } catch (IOException | RuntimeException e) {
      object.abort(); // to close it would store the incomplete content
      throw e;
    }
    checksum.verify(fileSystem, path);
  }

  /** Stays open when the content closes it, because closing the object stores it. */
  private static final class OpenStream extends FilterOutputStream {
    OpenStream(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
