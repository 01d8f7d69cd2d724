package io.meanfield.store.file;

import java.io.IOException;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.Path;

/**
 * The way in which one kind of file system gives a file its name, so that a reader sees a whole
 * file or none. Every change passes the fence before the content is written, and again when the
 * file gets its name.
 */
sealed interface AtomicStore permits DraftStore, S3aStore {
  /**
   * Creates a file.
   *
   * @throws FileAlreadyExistsException if the file exists, so another writer has created it
   * @throws IOException if it is unknown whether this call has created the file
   */
  void create(Path path, FileContent content) throws IOException;

  /** Writes a file; replaces an existing one. */
  void replace(Path path, FileContent content) throws IOException;

  /** Moves a complete file; replaces an existing one. */
  void move(Path from, Path to) throws IOException;

  /** Gives a directory another name, which is free. */
  void moveDirectory(Path from, Path to) throws IOException;

  /**
   * Returns the content of a file, of one version if the file is replaced at the same time.
   *
   * @throws IOException if it has more than {@code most} bytes, or cannot be read
   */
  byte[] read(Path path, int most) throws IOException;

  /** Returns whether a file is created by only one of several writers of the same moment. */
  boolean hasAtomicCreate() throws IOException;
}
